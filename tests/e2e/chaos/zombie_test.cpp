// Two of everything over one log: two command services, two relays, two projectors, of which one leads. The
// one that leads is frozen until its sessions are gone, the other takes over, and then the first one goes on
// as if nothing had happened.
#include <gtest/gtest.h>

#include <set>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/chaos/comparison.hpp"
#include "tests/e2e/chaos/load.hpp"
#include "tests/e2e/chaos/topic.hpp"

namespace daybook::test::zombie_test {
namespace {

constexpr int usual_cycles = 1;
constexpr std::size_t requests_between = 40;
constexpr std::chrono::seconds takeover_limit{60};

std::int64_t number(const std::string& database_url, const std::string& sql) {
  const auto rows = pg::Connection(database_url).exec(sql);
  return rows.empty() ? -1 : rows.int64(0, 0);
}

class Zombie : public ::testing::Test {
 protected:
  // The server ends the sessions that were there before, as it does with those of a host that is gone.
  void end_sessions_of(const std::set<std::int64_t>& backends) {
    pg::Connection connection(url_);
    for (const auto backend : backends)
      connection.exec("SELECT pg_terminate_backend(" + std::to_string(backend) + ")");
  }
  std::set<std::int64_t> sessions() {
    std::set<std::int64_t> backends;
    pg::Connection connection(url_);
    const auto rows = connection.exec(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    for (int i = 0; i < rows.rows(); ++i) backends.insert(rows.int64(i, 0));
    return backends;
  }
  std::int64_t head() { return number(url_, "SELECT max(position) FROM log.heads"); }
  bool read_models_reach(std::int64_t position) {
    return wait_until([&] { return number(url_, "SELECT position FROM read_g7.checkpoint") >= position; },
                      takeover_limit);
  }
  bool relay_reaches(std::int64_t position) {
    return wait_until([&] { return number(url_, "SELECT min(position) FROM log.relay") >= position; },
                      takeover_limit);
  }

  std::string url_;
};

TEST_F(Zombie, WhoeverComesBackDoublesNothingAndSkipsNothing) {
  const auto kafka = KafkaServer::try_start();
  if (!kafka) GTEST_SKIP() << "Kafka's jars could not be fetched from Maven Central.";
  // Given one that leads, with sessions we know, and another over the same log
  DaybookProcess first(Surroundings{.kafka_brokers = kafka->brokers()});
  url_ = first.database_url();
  Team team(first);
  auto backends = sessions();
  DaybookProcess second(Surroundings{
      .kafka_brokers = kafka->brokers(), .database_url = first.database_url(), .keys = first.keys()});

  // When both are written to
  Load load(team, {first.url(), second.url()});
  ASSERT_TRUE(load.go_on(requests_between)) << second.output();

  for (int cycle = 0; cycle < chaos_cycles(usual_cycles); ++cycle) {
    // And the first is frozen until its sessions are gone
    auto& frozen = cycle % 2 == 0 ? first : second;
    auto& other = cycle % 2 == 0 ? second : first;
    const auto troubles = load.troubles();
    frozen.freeze();
    load.serve_at({other.url()});
    end_sessions_of(backends);
    ASSERT_TRUE(load.go_on(requests_between)) << other.output();

    // Then the other takes over: what was written after that is projected and published
    const auto written = head();
    EXPECT_TRUE(read_models_reach(written)) << other.output();
    EXPECT_TRUE(relay_reaches(written)) << other.output();
    ASSERT_TRUE(wait_until([&] { return load.troubles() > troubles; }, takeover_limit))
        << "nobody was waiting for the frozen one";
    backends = sessions();  // all of them the other's: the frozen one has none

    // And when the first goes on, with requests in hand that were repeated elsewhere, both serve
    frozen.thaw();
    load.serve_at({first.url(), second.url()});
    ASSERT_TRUE(load.go_on(requests_between)) << frozen.output();
    EXPECT_TRUE(first.alive()) << first.output();
    EXPECT_TRUE(second.alive()) << second.output();
  }
  load.finish();
  ASSERT_TRUE(read_models_reach(head()));
  ASSERT_TRUE(relay_reaches(head()));
  EXPECT_TRUE(topic_reaches(*kafka, head()));
  second.stop();
  auto owner = signed_in_again(first, team.owner);
  ASSERT_EQ(owner.patch(team.in(), "{}").status, 200);
  load.expect_everything_once(owner);
  first.stop();
  expect_the_same_when_projected_anew(first);
}

}  // namespace
}  // namespace daybook::test::zombie_test
