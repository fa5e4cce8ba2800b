// Every event arrives: over outages, refusals, restarts and topics that are not what they should be.
#include <gtest/gtest.h>

#include "platform/kafka/mock_cluster.hpp"
#include "tests/command-service/relay/office.hpp"
#include "tests/support/support.hpp"

namespace daybook::relay::test::relay_to_kafka_test {
namespace {

using daybook::test::wait_until;
constexpr auto limit = std::chrono::seconds(30);

class RelayToKafka : public testing::Test {
 protected:
  RelayToKafka() { cluster.create_topic(topic, partitions); }

  [[nodiscard]] Options options() const {
    return {.database_url = database.url, .brokers = cluster.brokers(), .retry_interval_ms = 50};
  }

  kafka::MockCluster cluster;
  Database database;
  Log log;
};

TEST_F(RelayToKafka, EveryEventArrivesOnceInOrderAndChained) {
  log.grow(3000);
  RunningRelay relay(options(), log.reader());
  ASSERT_TRUE(relay.stored_within_limit(3000)) << relay.stats().last_error;
  log.grow(20);
  ASSERT_TRUE(relay.stored_within_limit(3020)) << relay.stats().last_error;
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
  EXPECT_GT(heard.by_partition.size(), 4u);
  const auto stats = relay.stats();
  EXPECT_TRUE(stats.leads);
  EXPECT_EQ(stats.produced, 3020u);
  EXPECT_EQ(stats.acknowledged, 3020u);
  EXPECT_EQ(stats.head, Position{3020});
  EXPECT_EQ(stats.lag, 0);
  EXPECT_EQ(stats.last_error, "");
}

TEST_F(RelayToKafka, AnOutageOfTheBrokersIsWaitedOutWithinTheWindow) {
  log.grow(10);
  RunningRelay relay(options(), log.reader());
  ASSERT_TRUE(relay.stored_within_limit(10));
  cluster.brokers_down();
  log.grow(8000);
  EXPECT_TRUE(
      wait_until([&] { return relay.stats().produced > 10 && !relay.stats().last_error.empty(); }, limit));
  EXPECT_LE(relay.stats().produced, 10 + in_flight_events_max);
  EXPECT_EQ(relay.stats().position, Position{10});
  cluster.brokers_up();
  ASSERT_TRUE(relay.stored_within_limit(8010)) << relay.stats().last_error;
  expect_whole(hear(cluster.brokers()), log);
}

TEST_F(RelayToKafka, BrokersThatAreDownAtTheStartAreAskedAgain) {
  cluster.brokers_down();
  log.grow(10);
  RunningRelay relay(options(), log.reader());
  EXPECT_TRUE(wait_until([&] { return relay.stats().retries > 0; }, limit));
  EXPECT_FALSE(relay.stats().leads);
  cluster.brokers_up();
  ASSERT_TRUE(relay.stored_within_limit(10)) << relay.stats().last_error;
  expect_whole(hear(cluster.brokers()), log);
}

TEST_F(RelayToKafka, ARefusalCostsAProducerAndNoEvent) {
  log.grow(50);
  RunningRelay relay(options(), log.reader());
  ASSERT_TRUE(relay.stored_within_limit(50));
  cluster.refuse_produce(1);
  log.grow(500);
  ASSERT_TRUE(relay.stored_within_limit(550)) << relay.stats().last_error;
  EXPECT_EQ(relay.stats().producers_rebuilt, 1u);
  EXPECT_EQ(relay.stats().retries, 0u) << "the lead was given up for it";
  const auto heard = hear(cluster.brokers());
  EXPECT_EQ(heard.positions.size(), 550u);
  EXPECT_EQ(heard.unreadable, 0u);
}

TEST_F(RelayToKafka, AfterARestartTheChainGoesOnWithoutRepeats) {
  log.grow(100);
  {
    RunningRelay first(options(), log.reader());
    ASSERT_TRUE(first.stored_within_limit(100));
  }
  log.grow(100);
  RunningRelay second(options(), log.reader());
  ASSERT_TRUE(second.stored_within_limit(200)) << second.stats().last_error;
  EXPECT_EQ(second.stats().produced, 100u);
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
}

TEST_F(RelayToKafka, StoppingStoresWhatWasAcknowledged) {
  log.grow(100);
  auto rarely = options();
  rarely.store_interval_ms = 3'600'000;
  rarely.store_interval_events = 1'000'000;
  RunningRelay relay(rarely, log.reader());
  ASSERT_TRUE(wait_until([&] { return relay.stats().acknowledged == 100; }, limit));
  relay.stop();
  EXPECT_EQ(database.position(), 100);
}

TEST_F(RelayToKafka, ATopicThatWasDeletedAndMadeAgainIsFilledAgain) {
  log.grow(60);
  {
    RunningRelay first(options(), log.reader());
    ASSERT_TRUE(first.stored_within_limit(60));
  }
  kafka::MockCluster other;
  other.create_topic(topic, partitions);
  auto elsewhere = options();
  elsewhere.brokers = other.brokers();
  log.grow(1);
  RunningRelay second(elsewhere, log.reader());
  ASSERT_TRUE(wait_until([&] { return second.stats().acknowledged == 61; }, limit))
      << second.stats().last_error;
  expect_whole(hear(other.brokers()), log);
}

TEST_F(RelayToKafka, ALogThatLostItsEndIsRefused) {
  log.grow(5);
  {
    RunningRelay first(options(), log.reader());
    ASSERT_TRUE(first.stored_within_limit(5));
  }
  Log shorter;
  shorter.grow(2);
  RunningRelay second(options(), shorter.reader());
  EXPECT_TRUE(
      wait_until([&] { return second.stats().last_error.find("lost its end") != std::string::npos; }, limit));
  EXPECT_EQ(second.stats().produced, 0u);
}

TEST(RelayTopic, OfAnotherNumberOfPartitionsIsRefusedWithASentence) {
  kafka::MockCluster cluster;
  cluster.create_topic(topic, 6);
  Database database;
  Log log;
  log.grow(5);
  RunningRelay relay({.database_url = database.url, .brokers = cluster.brokers(), .retry_interval_ms = 50},
                     log.reader());
  const std::string sentence = "has 6 partitions, but log.topics says 12";
  EXPECT_TRUE(wait_until([&] { return relay.stats().last_error.find(sentence) != std::string::npos; }, limit))
      << relay.stats().last_error;
  EXPECT_EQ(relay.stats().produced, 0u);
}

}  // namespace
}  // namespace daybook::relay::test::relay_to_kafka_test
