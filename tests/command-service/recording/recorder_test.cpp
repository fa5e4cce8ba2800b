// Refusals over a log in memory: told once, counted, bounded, and never with what somebody typed in.
#include "command-service/recording/recorder.hpp"

#include "command-service/domain/access/access.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::recording {
namespace {

using log::test::new_id;

class RecorderTest : public log::test::Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    appender = std::shared_ptr<log::Appender>(main.appender.get(), [](auto*) {});
    recorder = std::make_shared<Recorder>(appender, std::make_shared<crypto::UuidV7Source>(), [this] { return now; });
    before = head();
  }
  Refusal denied(const std::string& operation = "deleteProject", const std::string& workspace = "acme") const {
    Refusal refusal{};
    refusal.what = What::command_denied;
    refusal.workspace = workspace;
    refusal.actor_type = events::ActorType::user;
    refusal.actor_id = events::PrincipalId{place.olga.value};
    refusal.operation = operation;
    refusal.code = "forbidden";
    refusal.address = "192.0.2.7";
    return refusal;
  }
  // What was told since the test began, once so many events are there.
  std::vector<events::Envelope> told(std::size_t many) {
    const auto all = [&] { return log->read(events::Position{before}, 1000, 16 << 20); };
    EXPECT_TRUE(daybook::test::wait_until([&] { return all().size() >= many; }));
    main.appender->submit_and_wait(log::test::one(log::test::look(log::test::new_stream())));
    EXPECT_EQ(all().size(), many);
    return all();
  }
  events::access::CommandDenied denied_in(const events::Envelope& event) {
    return std::get<events::access::CommandDenied>(events::decode<events::access::Event>(event.stream_type, event, *main.ring));
  }

  text::Instant now = *text::parse_instant("2026-03-01T10:00:10Z");
  std::shared_ptr<log::Appender> appender;
  std::shared_ptr<Recorder> recorder;
  std::int64_t before = 0;
};

TEST_F(RecorderTest, TheFirstIsToldWithTheNextTickAndThoseLikeItAtTheMinutesEnd) {
  recorder->note(denied());
  recorder->tick();
  const auto first = told(1).front();
  EXPECT_EQ(first.type, "access.command_denied");
  EXPECT_EQ(first.workspace_id, place.acme);
  EXPECT_EQ(first.actor_id, events::PrincipalId{place.olga.value});
  EXPECT_EQ(denied_in(first).count, 1);
  EXPECT_EQ(denied_in(first).address.text, "192.0.2.7");

  for (int i = 0; i < 5; ++i) {
    now += std::chrono::seconds(1);
    recorder->note(denied());
    recorder->tick();
  }
  told(1);
  now += std::chrono::minutes(1);
  recorder->tick();
  const auto rest = denied_in(told(2).back());
  EXPECT_EQ(rest.count, 5);
  EXPECT_EQ(rest.since, *text::parse_instant("2026-03-01T10:00:11Z"));
  recorder->tick();
  told(2);
}

TEST_F(RecorderTest, RefusalsThatDifferAreToldApart) {
  recorder->note(denied());
  recorder->note(denied("deleteIssue"));
  auto elsewhere = denied();
  elsewhere.address = "192.0.2.8";
  recorder->note(elsewhere);
  recorder->tick();
  told(3);
}

TEST_F(RecorderTest, WhatAMinuteHasNoRoomForIsToldTogether) {
  for (std::size_t i = 0; i < 2 * kinds_per_minute_max; ++i) recorder->note(denied("operation " + std::to_string(i)));
  recorder->tick();
  std::int64_t count = 0;
  for (const auto& event : told(kinds_per_minute_max + 1)) {
    const auto one = denied_in(event);
    count += one.count;
    if (!one.operation.empty()) continue;
    EXPECT_EQ(one.count, static_cast<std::int64_t>(kinds_per_minute_max));
    EXPECT_FALSE(event.actor_id);
    EXPECT_FALSE(event.workspace_id);
  }
  EXPECT_EQ(count, static_cast<std::int64_t>(2 * kinds_per_minute_max));
}

TEST_F(RecorderTest, AWorkspaceThatIsNotThereIsNotNamed) {
  recorder->note(denied("deleteProject", "my-secret-typed-here"));
  recorder->tick();
  const auto event = told(1).front();
  EXPECT_FALSE(event.workspace_id);
  EXPECT_EQ(event.data.find("my-secret"), event.data.npos);
}

TEST_F(RecorderTest, EachWorkspaceHasAStreamADayAndAKeyWithIt) {
  recorder->note(denied());
  recorder->note(denied("deleteProject", ""));
  recorder->tick();
  const auto day = told(2);
  EXPECT_NE(day[0].stream_id, day[1].stream_id);
  now += std::chrono::minutes(1);
  recorder->note(denied());
  recorder->tick();
  EXPECT_EQ(told(3).back().stream_version, events::StreamVersion{2});
  using domain::access::Kind;
  const auto stream = [&](Kind kind, const char* date) { return domain::access::stream_of_day(kind, place.acme, *text::Date::parse(date)); };
  EXPECT_EQ(stream(Kind::refusals, "2026-03-01"), stream(Kind::refusals, "2026-03-01"));
  EXPECT_NE(stream(Kind::refusals, "2026-03-01"), stream(Kind::refusals, "2026-03-02"));
  EXPECT_NE(stream(Kind::refusals, "2026-03-01"), stream(Kind::exports, "2026-03-01"));
}

TEST_F(RecorderTest, WhatTheLogDoesNotTakeNowIsToldLaterAndBounded) {
  main.appender->drain();
  for (std::size_t minute = 0; minute < 8; ++minute) {
    for (std::size_t i = 0; i < kinds_per_minute_max; ++i) recorder->note(denied("operation " + std::to_string(i)));
    recorder->tick();
    now += std::chrono::minutes(1);
  }
  recorder->tick();
  EXPECT_EQ(recorder->stats().noted, 8 * kinds_per_minute_max);
  EXPECT_EQ(recorder->stats().written, 0u);
  EXPECT_EQ(recorder->stats().dropped, 8 * kinds_per_minute_max - waiting_max);
}

TEST_F(RecorderTest, WhatWaitsIsToldBeforeTheEnd) {
  recorder->note(denied());
  recorder->tick();
  recorder->note(denied());
  recorder->finish();
  EXPECT_EQ(denied_in(told(2).back()).count, 1);
}

}  // namespace
}  // namespace daybook::recording
