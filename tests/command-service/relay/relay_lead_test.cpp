// What a relay does when its session or its epoch is taken from it.
#include <gtest/gtest.h>

#include <semaphore>

#include "platform/kafka/mock_cluster.hpp"
#include "tests/command-service/relay/office.hpp"
#include "tests/support/support.hpp"

namespace daybook::relay::test::relay_lead_test {
namespace {

using daybook::test::wait_until;
constexpr auto limit = std::chrono::seconds(30);

class RelayLead : public testing::Test {
 protected:
  RelayLead() { cluster.create_topic(topic, partitions); }

  [[nodiscard]] Options options() const {
    return {.database_url = database.url, .brokers = cluster.brokers(), .retry_interval_ms = 50};
  }
  // Stands by for good once it has lost the lead.
  [[nodiscard]] Options once() const {
    auto options = this->options();
    options.retry_interval_ms = 3'600'000;
    return options;
  }

  kafka::MockCluster cluster;
  Database database;
  Log log;
};

TEST_F(RelayLead, ACutSessionEndsItAndAnotherTakesOverWithoutASkip) {
  log.grow(500);
  RunningRelay first(once(), log.reader());
  ASSERT_TRUE(first.leads_within_limit());
  RunningRelay second(options(), log.reader());
  ASSERT_TRUE(first.stored_within_limit(500));
  EXPECT_FALSE(second.stats().leads);
  const auto epoch = database.epoch();

  ASSERT_TRUE(database.cut_leader());
  log.grow(500);
  ASSERT_TRUE(second.stored_within_limit(1000)) << second.stats().last_error;
  EXPECT_TRUE(wait_until([&] { return !first.stats().leads; }, limit));
  EXPECT_EQ(first.stats().produced, 500u);
  EXPECT_EQ(database.epoch(), epoch + 1);
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
}

// Paused between reading and sending, its session gone meanwhile: a machine that was asleep.
TEST_F(RelayLead, AZombieSendsNothingWhenItWakesAndTheOtherOneHasSkippedNothing) {
  std::binary_semaphore reading{0}, wake{0};
  std::atomic<bool> gate{true};
  log.before_read = [&] {
    if (!gate.exchange(false)) return;
    reading.release();
    wake.acquire();
  };
  log.grow(100);
  RunningRelay zombie(once(), log.reader());
  ASSERT_TRUE(reading.try_acquire_for(limit));  // it leads and has asked for the first page
  ASSERT_TRUE(database.cut_leader());
  RunningRelay other(options(), log.reader());
  ASSERT_TRUE(other.stored_within_limit(100)) << other.stats().last_error;
  wake.release();
  EXPECT_TRUE(wait_until([&] { return zombie.stats().retries == 1; }, limit));
  log.grow(50);
  ASSERT_TRUE(other.stored_within_limit(150)) << other.stats().last_error;
  EXPECT_EQ(zombie.stats().produced, 0u);
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
}

TEST_F(RelayLead, WhatWasAcknowledgedAndNotStoredIsRepeatedByTheNextWithTheSameChain) {
  log.grow(300);
  auto rarely = once();
  rarely.store_interval_ms = 3'600'000;
  rarely.store_interval_events = 200;
  RunningRelay first(rarely, log.reader());
  ASSERT_TRUE(wait_until([&] { return first.stats().acknowledged == 300; }, limit));
  log.grow(50);
  ASSERT_TRUE(wait_until([&] { return first.stats().acknowledged == 350; }, limit));
  const auto stored = database.position();
  ASSERT_TRUE(database.cut_leader());
  EXPECT_TRUE(wait_until([&] { return !first.stats().leads; }, limit));
  EXPECT_EQ(database.position(), stored);

  RunningRelay second(options(), log.reader());
  ASSERT_TRUE(second.stored_within_limit(350)) << second.stats().last_error;
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, static_cast<std::size_t>(350 - stored));
}

TEST_F(RelayLead, AnEpochTakenFromItSendsItBackToTheQueue) {
  log.grow(10);
  RunningRelay relay(options(), log.reader());
  ASSERT_TRUE(relay.stored_within_limit(10));
  database.exec("UPDATE log.relay SET epoch = epoch + 1");
  log.grow(10);
  ASSERT_TRUE(relay.stored_within_limit(20)) << relay.stats().last_error;
  EXPECT_GE(relay.stats().retries, 1u);
  const auto heard = hear(cluster.brokers());
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
}

TEST_F(RelayLead, ItGoesOnByItselfWhenItsSessionIsCutAgainAndAgain) {
  RunningRelay relay(options(), log.reader());
  for (int round = 0; round < 5; ++round) {
    log.grow(400);
    ASSERT_TRUE(wait_until([&] { return database.cut_leader(); }, limit));
  }
  ASSERT_TRUE(relay.stored_within_limit(2000)) << relay.stats().last_error;
  const auto heard = hear(cluster.brokers());
  EXPECT_EQ(heard.positions.size(), 2000u);
  EXPECT_EQ(heard.broken_chains, 0u);
}

}  // namespace
}  // namespace daybook::relay::test::relay_lead_test
