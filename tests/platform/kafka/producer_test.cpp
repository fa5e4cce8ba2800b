#include "platform/kafka/producer.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "platform/kafka/consumer.hpp"
#include "tests/platform/kafka/cluster.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka {
namespace {

using daybook::test::wait_until;

/// Polls until `count` reports have come.
std::vector<DeliveryReport> collect(Producer& producer, std::size_t count) {
  std::vector<DeliveryReport> all;
  EXPECT_TRUE(wait_until(
      [&] {
        for (auto& report : producer.poll(50)) all.push_back(std::move(report));
        return all.size() >= count;
      },
      std::chrono::seconds(30)));
  return all;
}

class KafkaProducer : public testing::Test {
 protected:
  Message message(std::string value, int partition = 0) const {
    return {.topic = cluster.topic, .partition = partition, .value = std::move(value)};
  }

  test::Cluster cluster{3};
};

// What only a cluster that fails on demand shows.
class KafkaProducerFaults : public testing::Test {
 protected:
  KafkaProducerFaults() { cluster.create_topic("t", 3); }

  static Message message(std::string value, int partition = 0) {
    return {.topic = "t", .partition = partition, .value = std::move(value)};
  }

  MockCluster cluster;
};

TEST_F(KafkaProducer, EveryMessageIsReportedOnceByItsTagInOrder) {
  Producer producer(cluster.brokers());
  for (std::uint64_t tag = 1; tag <= 100; ++tag) ASSERT_TRUE(producer.produce(message("v"), tag));
  const auto reports = collect(producer, 100);
  ASSERT_EQ(reports.size(), 100u);
  for (std::uint64_t i = 0; i < 100; ++i) {
    EXPECT_TRUE(reports[i].ok) << reports[i].error;
    EXPECT_EQ(reports[i].tag, i + 1);
    EXPECT_EQ(reports[i].offset, static_cast<std::int64_t>(i));
  }
  EXPECT_EQ(producer.pending(), 0);
  EXPECT_EQ(producer.fatal(), std::nullopt);
}

TEST_F(KafkaProducerFaults, AFullQueueIsSaidAndNothingIsLost) {
  cluster.brokers_down();
  Producer producer(cluster.brokers(), {.queue_messages_max = 5});
  std::uint64_t queued = 0;
  while (queued < 10 && producer.produce(message("v"), queued)) ++queued;
  EXPECT_EQ(queued, 5u);
  cluster.brokers_up();
  EXPECT_EQ(collect(producer, 5).size(), 5u);
  EXPECT_TRUE(producer.produce(message("v"), 6));
}

TEST_F(KafkaProducer, FlushWaitsForTheLastAndKeepsTheReports) {
  Producer producer(cluster.brokers());
  for (std::uint64_t tag = 0; tag < 10; ++tag) ASSERT_TRUE(producer.produce(message("v"), tag));
  EXPECT_TRUE(producer.flush(30'000));
  EXPECT_EQ(producer.poll(0).size(), 10u);
}

TEST_F(KafkaProducerFaults, BrokersThatRefuseForAWhileAreAskedAgainInOrder) {
  cluster.fail_produce(2);
  Producer producer(cluster.brokers());
  for (std::uint64_t tag = 0; tag < 20; ++tag)
    ASSERT_TRUE(producer.produce(message(std::to_string(tag)), tag));
  for (const auto& report : collect(producer, 20)) EXPECT_TRUE(report.ok) << report.error;
  Consumer consumer(cluster.brokers());
  const Assignment whole{.topic = "t"};
  consumer.assign({&whole, 1});
  for (int i = 0; i < 20; ++i) {
    std::optional<Message> got;
    ASSERT_TRUE(wait_until([&] { return (got = consumer.poll(50)).has_value(); }));
    EXPECT_EQ(got->value, std::to_string(i));
  }
}

TEST_F(KafkaProducerFaults, ARefusedMessageMakesTheProducerFatalAndANewOneGoesOn) {
  {
    Producer producer(cluster.brokers());
    ASSERT_TRUE(producer.produce(message("1"), 1));
    ASSERT_TRUE(collect(producer, 1).at(0).ok);
    cluster.refuse_produce(1);
    ASSERT_TRUE(producer.produce(message("2"), 2));
    ASSERT_TRUE(producer.produce(message("3"), 3));
    for (const auto& report : collect(producer, 2)) {
      EXPECT_FALSE(report.ok);
      EXPECT_FALSE(report.error.empty());
    }
    ASSERT_TRUE(producer.fatal().has_value());
    EXPECT_THROW((void)producer.produce(message("4"), 4), Error);
  }
  Producer again(cluster.brokers());
  for (const std::uint64_t tag : {2, 3}) ASSERT_TRUE(again.produce(message(std::to_string(tag)), tag));
  const auto reports = collect(again, 2);
  EXPECT_EQ(reports.at(0).offset, 1);
  EXPECT_EQ(reports.at(1).offset, 2);
}

TEST_F(KafkaProducerFaults, AnOutageIsToldAndWaitedOut) {
  Producer producer(cluster.brokers());
  ASSERT_TRUE(producer.produce(message("1"), 1));
  ASSERT_TRUE(collect(producer, 1).at(0).ok);
  cluster.brokers_down();
  ASSERT_TRUE(producer.produce(message("2"), 2));
  EXPECT_TRUE(wait_until([&] { return producer.poll(20).empty() && !producer.last_error().empty(); }));
  EXPECT_EQ(producer.pending(), 1);
  EXPECT_EQ(producer.fatal(), std::nullopt);
  cluster.brokers_up();
  EXPECT_TRUE(collect(producer, 1).at(0).ok);
  EXPECT_EQ(producer.last_error(), "");
}

TEST_F(KafkaProducer, AMessageThatIsTooLargeIsRefusedAtOnce) {
  Producer producer(cluster.brokers());
  EXPECT_THROW((void)producer.produce(message(std::string(message_bytes_max + 1, 'x')), 1), Error);
  EXPECT_TRUE(producer.produce(message(std::string(message_bytes_max / 2, 'x')), 2));
  EXPECT_TRUE(collect(producer, 1).at(0).ok);
}

TEST_F(KafkaProducer, OneKeyAlwaysGoesToOnePartition) {
  Producer producer(cluster.brokers());
  for (std::uint64_t tag = 0; tag < 60; ++tag) {
    auto keyed = message("v", partition_by_key);
    keyed.key = "key " + std::to_string(tag % 20);
    ASSERT_TRUE(producer.produce(keyed, tag));
  }
  std::map<std::uint64_t, std::set<int>> partitions;
  std::set<int> used;
  for (const auto& report : collect(producer, 60)) {
    partitions[report.tag % 20].insert(report.partition);
    used.insert(report.partition);
  }
  for (const auto& [key, of_key] : partitions) EXPECT_EQ(of_key.size(), 1u) << key;
  EXPECT_EQ(used.size(), 3u);
}

TEST_F(KafkaProducerFaults, DestructionDoesNotWaitForBrokersThatAreGone) {
  cluster.brokers_down();
  const auto before = std::chrono::steady_clock::now();
  {
    Producer producer(cluster.brokers());
    ASSERT_TRUE(producer.produce(message("v"), 1));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST(KafkaSettings, ASettingThatMakesNoSenseIsAnError) {
  EXPECT_THROW(Producer("127.0.0.1:1", {.linger_ms = -5}), Error);
}

}  // namespace
}  // namespace daybook::kafka
