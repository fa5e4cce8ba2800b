// What happens because time has passed, over a log in memory and a clock of its own.
#include "command-service/reactors/timers.hpp"

#include <gmock/gmock.h>

#include <map>

#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/domain/execution/execution.hpp"
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/reactors/rules.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::reactors {
namespace {

using log::test::Desk;
using log::test::new_id;
using log::test::one;
using std::chrono::hours;
using ::testing::ElementsAre;

// Rows as the read tables would have them, whatever has become of them since.
class Rows final : public ReadModels {
 public:
  events::Position position() override { return events::Position{1}; }
  std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
  bool is_watched(events::IssueId) override { return false; }
  std::vector<Due> upcoming(const Upcoming& what, const Due& after, text::Instant until, std::size_t max) override {
    if (broken == what.table) throw pg::Error("42703", "there is no such column");
    std::vector<Due> page;
    auto& rows = tables[std::string(what.table)];
    for (auto row = rows.upper_bound(after); row != rows.end() && row->at <= until && page.size() < max; ++row) page.push_back(*row);
    return page;
  }
  std::map<std::string, std::set<Due>> tables;
  std::string broken;
};

class TimersTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    now = log->head().recorded_at;
    auto options = log::test::appender_options();
    options.clock = [this] { return now; };
    main = start(std::move(options));
    ticks.emplace(Ticks::Options{all_timers({}), [] { return new_id<events::CorrelationId>(); }, [this](const std::string& why) { said.push_back(why); }},
                  *main.appender, rows);
  }
  void TearDown() override {
    ticks.reset();
    Desk::TearDown();
  }
  void send(log::Execute execute) { ASSERT_TRUE(outcome(log::test::send(*main.appender, one(std::move(execute)))).items.front()); }
  void tick() { ticks->tick(now); }

  events::IssueId issue_due(text::Instant at) {
    const auto id = new_id<events::IssueId>();
    send(log::test::open_issue(place, id, "Due"));
    domain::issue::Change change{};
    change.due_at = at;
    send(log::test::command_on<domain::Issue>(place, events::stream_of(id), change));
    rows.tables["issues"].insert({at, id.value, place.acme});
    return id;
  }
  events::InvitationId invitation() {
    const auto id = new_id<events::InvitationId>();
    domain::invitation::Send send_it{};
    send_it.email = domain::Email(id.text() + "@example.org");
    send_it.token_id = new_id<events::MailedTokenId>();
    send_it.token_hash = "hash";
    send(log::test::command_on<domain::Invitation>(place, events::stream_of(id), send_it));
    rows.tables["invitations"].insert({now + domain::invitation::lifetime, id.value, place.acme});
    return id;
  }
  std::vector<std::string> types_of(events::StreamId stream) const {
    std::vector<std::string> types;
    for (const auto& event : log->read_stream(stream, events::StreamVersion{}, events::StreamVersion{1000})) types.emplace_back(event.type);
    return types;
  }

  text::Instant now{};
  Rows rows;
  std::optional<Ticks> ticks;
  std::vector<std::string> said;
};

TEST_F(TimersTest, ADueDateIsNotedWhenTheClockComesNearAndOnce) {
  const auto due_at = now + hours(48);
  const auto issue = issue_due(due_at);
  tick();
  EXPECT_THAT(types_of(events::stream_of(issue)), ElementsAre("issue.opened", "issue.due_changed"));
  now += hours(24);
  // The rows show it as due until they have followed, and after a restart.
  for (int n = 0; n < 3; ++n) tick();
  EXPECT_THAT(types_of(events::stream_of(issue)), ElementsAre("issue.opened", "issue.due_changed", "issue.due_approached"));
  const auto event = stream_of(issue).back();
  EXPECT_EQ(event.origin, events::Origin::timer);
  EXPECT_EQ(event.actor_type, events::ActorType::system);
  EXPECT_EQ(event.recorded_at, now);
  EXPECT_FALSE(event.correlation_id.value.is_nil());
  EXPECT_EQ(ticks->stats().at("due_dates").sent, 3u);
  EXPECT_EQ(ticks->stats().at("due_dates").refused, 0u);
}

TEST_F(TimersTest, ARowThatIsBehindTheLogDoesNoHarm) {
  const auto issue = issue_due(now + hours(48));
  domain::issue::Change moved{};
  moved.due_at = now + hours(240);
  send(log::test::command_on<domain::Issue>(place, events::stream_of(issue), moved));
  now += hours(48);
  tick();
  EXPECT_EQ(stream_of(issue).back().type, "issue.due_changed");
}

TEST_F(TimersTest, AnInvitationExpiresWithItsWeekAndMakesRoomForAnother) {
  const auto lapses = invitation();
  now += domain::invitation::lifetime - std::chrono::seconds(1);
  tick();
  EXPECT_THAT(types_of(events::stream_of(lapses)), ElementsAre("invitation.sent"));
  now += std::chrono::seconds(1);
  tick();
  tick();
  EXPECT_THAT(types_of(events::stream_of(lapses)), ElementsAre("invitation.sent", "invitation.expired"));
}

TEST_F(TimersTest, ARunIsLostWhenItsLeaseIsOverUnlessItWasKept) {
  const auto lost = new_id<events::ExecutionId>(), kept = new_id<events::ExecutionId>();
  const auto lease_over = now + std::chrono::minutes(5);
  for (const auto run : {lost, kept}) {
    events::execution::Requested requested{};
    requested.lease_seconds = 300;
    events::execution::Claimed claimed{};
    claimed.fencing_token = run == lost ? 1 : 2;
    claimed.lease_seconds = 300;
    claimed.lease_expires_at = lease_over;
    send(log::test::happened<domain::Execution>(events::stream_of(run), place.acme, {requested, claimed}));
    rows.tables["executions"].insert({lease_over, run.value, place.acme});
  }
  now = lease_over - std::chrono::seconds(1);
  tick();
  EXPECT_EQ(types_of(events::stream_of(lost)).back(), "execution.claimed");
  // The heartbeat that kept the other stands in no row yet
  send(log::test::happened<domain::Execution>(events::stream_of(kept), place.acme, {events::execution::Progressed{{}, {}, lease_over + hours(1)}}));
  now = lease_over;
  tick();
  tick();
  EXPECT_THAT(types_of(events::stream_of(lost)), ElementsAre("execution.requested", "execution.claimed", "execution.lost"));
  EXPECT_EQ(types_of(events::stream_of(kept)).back(), "execution.progressed");
}

TEST_F(TimersTest, AnApiKeyExpiresWithItsTime) {
  const auto key = new_id<events::ApiKeyId>();
  const auto expires_at = now + hours(1);
  send(log::test::happened<domain::ApiKey>(events::stream_of(key), place.acme,
                                           {events::api_key::Issued{place.olga, "CI", {"issues:read"}, events::Personal("digest of " + key.text()), expires_at}}));
  rows.tables["api_keys"].insert({expires_at, key.value, place.acme});
  tick();
  now = expires_at;
  tick();
  tick();
  EXPECT_THAT(types_of(events::stream_of(key)), ElementsAre("api_key.issued", "api_key.expired"));
}

TEST_F(TimersTest, WhatStaysDueStandsInNobodysWay) {
  // Given more than a page of rows about which nothing is to be done, and a real one behind them
  for (std::size_t n = 0; n < due_max + 5; ++n) rows.tables["issues"].insert({now - hours(1), new_id<events::IssueId>().value, place.acme});
  const auto real = issue_due(now);
  tick();
  EXPECT_EQ(stream_of(real).back().type, "issue.due_changed");
  tick();
  EXPECT_EQ(stream_of(real).back().type, "issue.due_approached");
  // And it begins again at the first
  const auto earlier = issue_due(now - hours(2));
  tick();
  EXPECT_EQ(stream_of(earlier).back().type, "issue.due_approached");
}

TEST_F(TimersTest, OneTimersTroubleIsSaidOnceAndStopsNoOther) {
  rows.broken = "issues";
  const auto lapsed = invitation();
  now += domain::invitation::lifetime;
  tick();
  tick();
  EXPECT_THAT(said, ElementsAre("the timer due_dates failed: there is no such column"));
  EXPECT_EQ(ticks->stats().at("due_dates").failed, 2u);
  EXPECT_EQ(types_of(events::stream_of(lapsed)).back(), "invitation.expired");
  // Mended and broken again, it is said again
  rows.broken.clear();
  tick();
  rows.broken = "issues";
  tick();
  EXPECT_EQ(said.size(), 2u);
}

TEST_F(TimersTest, AnOutageIsTheLeadersTroubleAndNothingIsLost) {
  const auto issue = issue_due(now);
  main.appender->drain();
  EXPECT_THROW(tick(), events::LogUnavailable);
  auto options = log::test::appender_options();
  options.clock = [this] { return now; };
  ticks.reset();
  main = start(std::move(options));
  ticks.emplace(Ticks::Options{all_timers({}), [] { return new_id<events::CorrelationId>(); }}, *main.appender, rows);
  tick();
  EXPECT_EQ(stream_of(issue).back().type, "issue.due_approached");
}

}  // namespace
}  // namespace daybook::reactors
