// The loop over PostgreSQL: what is shown to the rules, how far that is stored, and who leads.
#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "command-service/log/pg_reader.hpp"
#include "command-service/reactors/reactor.hpp"
#include "tests/command-service/log/appender/pg_writers.hpp"

namespace daybook::reactors {
namespace {

using daybook::test::wait_until;
using log::test::new_id;

constexpr std::chrono::seconds limit{60};

// What the rule of these tests saw, and up to where the read models show the log.
struct Desk {
  std::atomic<std::int64_t> shown{0};
  std::mutex mutex;
  std::vector<std::int64_t> seen;
  std::vector<std::int64_t> seen_so_far() {
    const std::lock_guard lock(mutex);
    return seen;
  }
} desk;

class Shown final : public ReadModels {
 public:
  events::Position position() override { return events::Position{desk.shown}; }
  std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
  bool is_watched(events::IssueId) override { return false; }
  std::vector<Due> upcoming(const Upcoming&, const Due&, text::Instant, std::size_t) override { return {}; }
};

void note(const Reaction& reaction) {
  const std::lock_guard lock(desk.mutex);
  desk.seen.push_back(reaction.cause.position.value);
}

// A reactor on a thread of its own until the end of this object.
class Running {
 public:
  Running(const std::string& url, log::Appender& appender)
      : reactor_({"domain", url, {{"note", {"issue.opened"}, note}}}, appender, std::make_unique<log::PgReader>(url), std::make_unique<Shown>()),
        thread_([this](std::stop_token stop) { reactor_.run(std::move(stop)); }) {}
  Stats stats() const { return reactor_.stats(); }
  bool reaches(std::int64_t position) const {
    return wait_until([&] { return stats().position.value == position; }, limit);
  }
  bool leads() const {
    return wait_until([&] { return stats().leads; }, limit);
  }

 private:
  Reactor reactor_;
  std::jthread thread_;
};

class ReactorTest : public testing::Test {
 protected:
  void SetUp() override {
    desk.shown = 0;
    desk.seen.clear();
    log::PgStore::migrate(url);
    log::PgStore::initialise(url, log::test::test_keys()->fingerprint());
    writer.emplace(url, log::test::test_keys());
    log::test::send(*writer->appender, log::test::many({log::test::register_user(place.olga, "olga"), log::test::found_workspace(place)}, true));
  }
  // Where the issue's opening stands.
  std::int64_t open() {
    return log::test::send(*writer->appender, log::test::one(log::test::open_issue(place, new_id<events::IssueId>(), "One"))).position.value;
  }
  std::int64_t stored() { return pg::Connection(url).exec("SELECT position FROM log.reactors WHERE name = 'domain'").int64(0, 0); }

  const std::string url = daybook::test::PostgresServer::shared().fresh_database();
  const log::test::Place place;
  std::optional<log::test::Writer> writer;
};

TEST_F(ReactorTest, RulesSeeEachEventOnceTheReadModelsShowIt) {
  Running running(url, *writer->appender);
  const auto first = open(), second = open();
  // When the read models show the first, then the second is not looked at
  desk.shown = first;
  ASSERT_TRUE(running.reaches(first));
  EXPECT_EQ(desk.seen_so_far(), std::vector{first});
  // When they show both
  desk.shown = second;
  ASSERT_TRUE(running.reaches(second));
  EXPECT_EQ(desk.seen_so_far(), (std::vector{first, second}));
  EXPECT_EQ(stored(), second);
}

TEST_F(ReactorTest, ANewStartGoesOnWhereTheLastOneWas) {
  const auto first = open();
  desk.shown = first;
  { ASSERT_TRUE(Running(url, *writer->appender).reaches(first)); }
  const auto second = open();
  desk.shown = second;
  ASSERT_TRUE(Running(url, *writer->appender).reaches(second));
  EXPECT_EQ(desk.seen_so_far(), (std::vector{first, second}));
}

TEST_F(ReactorTest, OneLeadsAndAnotherTakesOver) {
  auto first = std::make_unique<Running>(url, *writer->appender);
  ASSERT_TRUE(first->leads());
  Running second(url, *writer->appender);
  const auto one = open();
  desk.shown = one;
  ASSERT_TRUE(first->reaches(one));
  EXPECT_FALSE(second.stats().leads);
  // When the first ends
  first.reset();
  ASSERT_TRUE(second.leads());
  const auto two = open();
  desk.shown = two;
  ASSERT_TRUE(second.reaches(two));
  EXPECT_EQ(desk.seen_so_far(), (std::vector{one, two}));
}

TEST_F(ReactorTest, WhoeverLedBeforeCanStoreNothing) {
  Checkpoint before(url, "domain");
  ASSERT_TRUE(before.take());
  pg::Connection(url).exec("UPDATE log.reactors SET lead = lead + 1");  // as whoever takes the lead does
  EXPECT_THROW(before.confirm(), LeadLost);
  EXPECT_THROW(before.store(events::Position{1}), LeadLost);
}

TEST_F(ReactorTest, ALogThatIsThereAlreadyIsNotGoneThrough) {
  // Given a database as before there were reactors, with an issue in it
  open();
  pg::Connection admin(url);
  admin.exec("DROP TABLE log.reactors; DELETE FROM log.migrations WHERE number = 4");
  log::PgStore::migrate(url);
  EXPECT_EQ(stored(), writer->appender->head().value);
}

}  // namespace
}  // namespace daybook::reactors
