#include "platform/kafka/admin.hpp"

#include <gtest/gtest.h>

#include "tests/platform/kafka/cluster.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka {
namespace {

TEST(KafkaAdmin, AnExistingTopicIsLeftAsItIs) {
  test::Cluster cluster(3);
  const auto report = ensure_topic(cluster.brokers(), {.name = cluster.topic, .partitions = 12});
  EXPECT_EQ(report.outcome, TopicOutcome::existed);
  EXPECT_EQ(report.partitions, 3);
}

TEST(KafkaAdmin, ALookDoesNotCreateATopic) {
  test::Cluster cluster(1);
  const auto missing = daybook::test::random_name("daybook.missing.");
  EXPECT_FALSE(describe_topic(cluster.brokers(), missing).has_value());
  EXPECT_FALSE(describe_topic(cluster.brokers(), missing).has_value());
}

// A mock cannot create topics on request: it stands for the clusters that make one when it is asked for.
TEST(KafkaAdmin, AMissingTopicIsMadeAsAskedOrTheClustersOwnWay) {
  test::Cluster cluster(1);
  const auto name = daybook::test::random_name("daybook.new.");
  const auto report =
      ensure_topic(cluster.brokers(), {.name = name, .partitions = 2, .configs = {{"retention.ms", "-1"}}});
  EXPECT_EQ(report.outcome, cluster.is_mock() ? TopicOutcome::created_by_default : TopicOutcome::created);
  EXPECT_GT(report.partitions, 0);
  const auto described = describe_topic(cluster.brokers(), name);
  ASSERT_TRUE(described.has_value());
  EXPECT_EQ(described->partitions, report.partitions);
  EXPECT_EQ(described->replication_factor, 1);
  if (cluster.is_mock()) return;
  EXPECT_EQ(described->partitions, 2);
  EXPECT_EQ(described->configs.at("retention.ms"), "-1");
}

TEST(KafkaAdmin, NoBrokerIsAnErrorAfterTheTimeout) {
  const auto nobody = "127.0.0.1:" + std::to_string(daybook::test::free_port());
  EXPECT_THROW((void)ensure_topic(nobody, {.name = "t"}, 300), Error);
  EXPECT_THROW((void)describe_topic(nobody, "t", 300), Error);
}

}  // namespace
}  // namespace daybook::kafka
