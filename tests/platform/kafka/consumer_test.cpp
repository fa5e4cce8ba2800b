#include "platform/kafka/consumer.hpp"

#include <gtest/gtest.h>

#include "platform/kafka/mock_cluster.hpp"
#include "platform/kafka/producer.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka {
namespace {

using test::wait_until;

class KafkaConsumer : public testing::Test {
 protected:
  KafkaConsumer() { cluster.create_topic("t", 2); }

  /// Values "0", "1", … in one partition.
  void fill(int partition, int count) {
    Producer producer(cluster.brokers());
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(producer.produce({.topic = "t", .partition = partition, .value = std::to_string(i)}, 0));
    }
    ASSERT_TRUE(producer.flush(30'000));
  }

  static std::vector<Message> take(Consumer& consumer, std::size_t count) {
    std::vector<Message> all;
    EXPECT_TRUE(wait_until([&] {
      for (auto& message : consumer.poll_batch(count - all.size(), 50)) all.push_back(std::move(message));
      return all.size() == count;
    })) << consumer.last_error();
    return all;
  }

  MockCluster cluster;
};

TEST_F(KafkaConsumer, KeyValueAndHeadersArriveAsTheyWere) {
  const std::string bytes("\0\xff\n", 3);
  const Message sent{.topic = "t",
                     .partition = 1,
                     .key = bytes,
                     .value = bytes,
                     .headers = {{"b", "1"}, {"a", bytes}, {"b", ""}}};
  Producer producer(cluster.brokers());
  ASSERT_TRUE(producer.produce(sent, 1));
  ASSERT_TRUE(producer.produce({.topic = "t", .partition = 1}, 2));
  ASSERT_TRUE(producer.flush(30'000));
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 1}});
  const auto got = take(consumer, 2);
  EXPECT_EQ(got[0].topic, "t");
  EXPECT_EQ(got[0].partition, 1);
  EXPECT_EQ(got[0].offset, 0);
  EXPECT_EQ(got[0].key, bytes);
  EXPECT_EQ(got[0].value, bytes);
  EXPECT_EQ(got[0].headers, sent.headers);
  EXPECT_EQ(got[1].key, std::nullopt);
  EXPECT_EQ(got[1].value, "");
}

TEST_F(KafkaConsumer, ItStartsWhereItIsTold) {
  fill(0, 10);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 0, .offset = 7}});
  const auto got = take(consumer, 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(got[i].value, std::to_string(7 + i));
    EXPECT_EQ(got[i].offset, 7 + i);
  }
  EXPECT_FALSE(consumer.poll(0).has_value());
}

TEST_F(KafkaConsumer, SeekMovesOnePartitionAndLeavesTheOther) {
  fill(0, 10);
  fill(1, 10);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 0}, {.topic = "t", .partition = 1}});
  EXPECT_EQ(take(consumer, 20).size(), 20u);
  consumer.seek("t", 1, 8);
  for (const auto& message : take(consumer, 2)) EXPECT_EQ(message.partition, 1);
  EXPECT_THROW(consumer.seek("t", 5, 0), Error);
}

TEST_F(KafkaConsumer, SeekBackBeforeAnythingWasReadForgetsWhatWasFetched) {
  fill(0, 10);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 0, .offset = 3}});
  EXPECT_EQ(take(consumer, 1)[0].offset, 3);
  consumer.seek("t", 0, 1);
  EXPECT_EQ(take(consumer, 1)[0].offset, 1);
}

TEST_F(KafkaConsumer, AnOffsetThatIsNotThereIsAnError) {
  fill(0, 3);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 0, .offset = 100}});
  EXPECT_TRUE(wait_until([&] {
    try {
      (void)consumer.poll(50);
      return false;
    } catch (const OffsetOutOfRange& error) {
      EXPECT_EQ(error.topic, "t");
      EXPECT_EQ(error.partition, 0);
      return true;
    }
  })) << consumer.last_error();
}

TEST_F(KafkaConsumer, WatermarksAndPartitionsComeFromTheBroker) {
  fill(1, 4);
  Consumer consumer(cluster.brokers());
  const auto marks = consumer.watermarks("t", 1);
  ASSERT_TRUE(marks.has_value());
  EXPECT_EQ(marks->low, 0);
  EXPECT_EQ(marks->high, 4);
  EXPECT_EQ(consumer.partitions("t"), 2);
}

TEST_F(KafkaConsumer, AnOutageIsWaitedOut) {
  fill(0, 1);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = "t", .partition = 0}});
  EXPECT_EQ(take(consumer, 1).size(), 1u);
  cluster.brokers_down();
  EXPECT_TRUE(wait_until([&] { return !consumer.poll(50).has_value() && !consumer.last_error().empty(); }));
  cluster.brokers_up();
  fill(0, 1);
  EXPECT_EQ(take(consumer, 1)[0].offset, 1);
  EXPECT_EQ(consumer.last_error(), "");
}

TEST_F(KafkaConsumer, WithoutABrokerQuestionsHaveNoAnswer) {
  Consumer consumer("127.0.0.1:" + std::to_string(test::free_port()));
  EXPECT_EQ(consumer.partitions("t", 200), std::nullopt);
  EXPECT_FALSE(consumer.watermarks("t", 0, 200).has_value());
}

}  // namespace
}  // namespace daybook::kafka
