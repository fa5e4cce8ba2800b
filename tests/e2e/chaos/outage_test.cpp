// PostgreSQL and Kafka are stopped and started again, under load; for one process, and for the three services apart.
#include <gtest/gtest.h>

#include "tests/e2e/chaos/comparison.hpp"
#include "tests/e2e/chaos/load.hpp"
#include "tests/e2e/kafka_server.hpp"
#include "tests/e2e/chaos/topic.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test::outage_test {
namespace {

constexpr int usual_cycles = 2, usual_cycles_of_kafka = 1;  // a broker takes its time to start
constexpr std::size_t requests_between = 40;
constexpr int writers_without_kafka = 1;  // what they write while a broker starts has to be brought to it
constexpr std::chrono::seconds recovery_limit{60};

class Outage : public testing::TestWithParam<Deployed> {};
INSTANTIATE_TEST_SUITE_P(, Outage, testing::Values(Deployed::single, Deployed::split),
                         [](const auto& as) { return as.param == Deployed::single ? "Single" : "Split"; });

TEST_P(Outage, PostgresMayStopOrCrashWhileCommandsAreWritten) {
  PostgresServer server({.of_its_own = true});
  DaybookProcess daybook(Surroundings{.database_url = server.fresh_database(), .as = GetParam()});
  Team team(daybook);
  Load load(team, {daybook.url()});
  for (int cycle = 0; cycle < chaos_cycles(usual_cycles); ++cycle) {
    ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
    const auto troubles = load.troubles();
    // When it goes, once in order and once not, then writers hear 503, and nothing ends
    cycle % 2 == 0 ? server.stop() : server.crash();
    ASSERT_TRUE(wait_until([&] { return load.troubles() > troubles; }, recovery_limit));
    ASSERT_TRUE(daybook.alive()) << daybook.output();
    server.start();
    // Then it goes on by itself
    ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
  }
  load.finish();
  auto owner = signed_in_again(daybook, team.owner);
  ASSERT_EQ(owner.patch(team.in(), "{}").status, 200);
  load.expect_everything_once(owner);
  daybook.stop();
  expect_the_same_when_projected_anew(daybook);
}

TEST_P(Outage, CommandsAndQueriesDoWithoutKafkaAndTheTopicIsFilledUpAfterwards) {
  const auto kafka = KafkaServer::try_start();
  if (!kafka) GTEST_SKIP() << "Kafka's jars could not be fetched from Maven Central.";
  DaybookProcess daybook(Surroundings{.kafka_brokers = kafka->brokers(), .as = GetParam()});
  Team team(daybook);
  Load load(team, {daybook.url()}, writers_without_kafka);
  for (int cycle = 0; cycle < chaos_cycles(usual_cycles_of_kafka); ++cycle) {
    ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
    ASSERT_TRUE(topic_reaches(*kafka, 1)) << "the relay has not begun: " << daybook.output();
    // When Kafka is away, then commands go on, and queries show what they wrote
    kafka->stop();
    ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
    auto owner = signed_in_again(daybook, team.owner);
    const auto changed =
        owner.patch(team.in(), object("name", "While Kafka is away " + std::to_string(cycle)));
    ASSERT_EQ(changed.status, 200) << changed;
    EXPECT_EQ(owner.get(team.in()).text("/name"), "While Kafka is away " + std::to_string(cycle));
    kafka->start();
    ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
  }
  load.finish();
  auto owner = signed_in_again(daybook, team.owner);
  const auto head = owner.patch(team.in(), "{}").position();
  load.expect_everything_once(owner);

  // Then everything is in the topic, in order and without a hole
  EXPECT_TRUE(topic_reaches(*kafka, head)) << "the relay has not caught up: " << daybook.output();
  daybook.stop();
  expect_the_same_when_projected_anew(daybook);
}

}  // namespace
}  // namespace daybook::test::outage_test
