#include "platform/kafka/consumer.hpp"

#include <gtest/gtest.h>

#include "platform/kafka/producer.hpp"
#include "tests/platform/kafka/cluster.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka {
namespace {

using daybook::test::wait_until;

/// Values "0", "1", … in one partition.
void fill(const std::string& brokers, const std::string& topic, int partition, int count) {
  Producer producer(brokers);
  for (int i = 0; i < count; ++i)
    ASSERT_TRUE(producer.produce({.topic = topic, .partition = partition, .value = std::to_string(i)}, 0));
  ASSERT_TRUE(producer.flush(30'000));
}

class KafkaConsumer : public testing::Test {
 protected:
  void fill(int partition, int count) { kafka::fill(cluster.brokers(), topic, partition, count); }

  static std::vector<Message> take(Consumer& consumer, std::size_t count) {
    std::vector<Message> all;
    EXPECT_TRUE(wait_until([&] {
      for (auto& message : consumer.poll_batch(count - all.size(), 50)) all.push_back(std::move(message));
      return all.size() == count;
    })) << consumer.last_error();
    return all;
  }

  test::Cluster cluster{2};
  const std::string& topic = cluster.topic;
};

TEST_F(KafkaConsumer, KeyValueAndHeadersArriveAsTheyWere) {
  const std::string bytes("\0\xff\n", 3);
  const Message sent{.topic = topic,
                     .partition = 1,
                     .key = bytes,
                     .value = bytes,
                     .headers = {{"b", "1"}, {"a", bytes}, {"b", ""}}};
  Producer producer(cluster.brokers());
  ASSERT_TRUE(producer.produce(sent, 1));
  ASSERT_TRUE(producer.produce({.topic = topic, .partition = 1}, 2));
  ASSERT_TRUE(producer.flush(30'000));
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 1}});
  const auto got = take(consumer, 2);
  EXPECT_EQ(got[0].topic, topic);
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
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 0, .offset = 7}});
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
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 0}, {.topic = topic, .partition = 1}});
  EXPECT_EQ(take(consumer, 20).size(), 20u);
  consumer.seek(topic, 1, 8);
  for (const auto& message : take(consumer, 2)) EXPECT_EQ(message.partition, 1);
  EXPECT_THROW(consumer.seek(topic, 5, 0), Error);
}

TEST_F(KafkaConsumer, SeekBackBeforeAnythingWasReadForgetsWhatWasFetched) {
  fill(0, 10);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 0, .offset = 3}});
  EXPECT_EQ(take(consumer, 1)[0].offset, 3);
  consumer.seek(topic, 0, 1);
  EXPECT_EQ(take(consumer, 1)[0].offset, 1);
}

TEST_F(KafkaConsumer, AnOffsetThatIsNotThereIsAnError) {
  fill(0, 3);
  Consumer consumer(cluster.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 0, .offset = 100}});
  EXPECT_TRUE(wait_until([&] {
    try {
      (void)consumer.poll(50);
      return false;
    } catch (const OffsetOutOfRange& error) {
      EXPECT_EQ(error.topic, topic);
      EXPECT_EQ(error.partition, 0);
      return true;
    }
  })) << consumer.last_error();
}

TEST_F(KafkaConsumer, WatermarksAndPartitionsComeFromTheBroker) {
  fill(1, 4);
  Consumer consumer(cluster.brokers());
  const auto marks = consumer.watermarks(topic, 1);
  ASSERT_TRUE(marks.has_value());
  EXPECT_EQ(marks->low, 0);
  EXPECT_EQ(marks->high, 4);
  EXPECT_EQ(consumer.partitions(topic), 2);
}

TEST_F(KafkaConsumer, AnOutageIsWaitedOut) {
  MockCluster failing;
  failing.create_topic(topic, 1);
  kafka::fill(failing.brokers(), topic, 0, 1);
  Consumer consumer(failing.brokers());
  consumer.assign(std::vector<Assignment>{{.topic = topic, .partition = 0}});
  EXPECT_EQ(take(consumer, 1).size(), 1u);
  failing.brokers_down();
  EXPECT_TRUE(wait_until([&] { return !consumer.poll(50).has_value() && !consumer.last_error().empty(); }));
  failing.brokers_up();
  kafka::fill(failing.brokers(), topic, 0, 1);
  EXPECT_EQ(take(consumer, 1)[0].offset, 1);
  EXPECT_EQ(consumer.last_error(), "");
}

TEST_F(KafkaConsumer, WithoutABrokerQuestionsHaveNoAnswer) {
  Consumer consumer("127.0.0.1:" + std::to_string(daybook::test::free_port()));
  EXPECT_EQ(consumer.partitions(topic, 200), std::nullopt);
  EXPECT_FALSE(consumer.watermarks(topic, 0, 200).has_value());
}

}  // namespace
}  // namespace daybook::kafka
