#include "platform/kafka/admin.hpp"

#include <gtest/gtest.h>

#include "platform/kafka/mock_cluster.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka {
namespace {

TEST(KafkaAdmin, AnExistingTopicIsLeftAsItIs) {
  MockCluster cluster;
  cluster.create_topic("there", 3);
  const auto report = ensure_topic(cluster.brokers(), {.name = "there", .partitions = 12});
  EXPECT_EQ(report.outcome, TopicOutcome::existed);
  EXPECT_EQ(report.partitions, 3);
}

TEST(KafkaAdmin, ALookDoesNotCreateATopic) {
  MockCluster cluster;
  EXPECT_FALSE(describe_topic(cluster.brokers(), "missing").has_value());
  EXPECT_FALSE(describe_topic(cluster.brokers(), "missing").has_value());
}

TEST(KafkaAdmin, AClusterThatCannotCreateOnRequestMakesTheTopicItsOwnWay) {
  MockCluster cluster;
  const auto report =
      ensure_topic(cluster.brokers(), {.name = "new", .partitions = 2, .configs = {{"retention.ms", "-1"}}});
  EXPECT_EQ(report.outcome, TopicOutcome::created_by_default);
  EXPECT_GT(report.partitions, 0);
  const auto described = describe_topic(cluster.brokers(), "new");
  ASSERT_TRUE(described.has_value());
  EXPECT_EQ(described->partitions, report.partitions);
  EXPECT_EQ(described->replication_factor, 1);
}

TEST(KafkaAdmin, NoBrokerIsAnErrorAfterTheTimeout) {
  const auto nobody = "127.0.0.1:" + std::to_string(test::free_port());
  EXPECT_THROW((void)ensure_topic(nobody, {.name = "t"}, 300), Error);
  EXPECT_THROW((void)describe_topic(nobody, "t", 300), Error);
}

}  // namespace
}  // namespace daybook::kafka
