#pragma once
// The brokers that DAYBOOK_TEST_KAFKA_BROKERS names, with a topic of this object's own; else a mock cluster inside the
// test. Tests that make brokers fail take a MockCluster themselves.
#include <cstdlib>
#include <optional>
#include <string>

#include "platform/kafka/admin.hpp"
#include "platform/kafka/mock_cluster.hpp"
#include "tests/support/support.hpp"

namespace daybook::kafka::test {

class Cluster {
 public:
  explicit Cluster(int partitions) {
    const char* brokers = std::getenv("DAYBOOK_TEST_KAFKA_BROKERS");
    if (brokers == nullptr || *brokers == '\0') {
      brokers_ = mock_.emplace().brokers();
      mock_->create_topic(topic, partitions);
      return;
    }
    brokers_ = brokers;
    const TopicSpec spec{.name = topic,
                         .partitions = partitions,
                         .configs = {{"max.message.bytes", std::to_string(message_bytes_max)}}};
    if (ensure_topic(brokers_, spec).outcome != TopicOutcome::created)
      throw Error("the broker under test did not make the topic " + topic);
  }

  [[nodiscard]] const std::string& brokers() const { return brokers_; }
  [[nodiscard]] bool is_mock() const { return mock_.has_value(); }

  const std::string topic = daybook::test::random_name("daybook.test.");

 private:
  std::optional<MockCluster> mock_;
  std::string brokers_;
};

}  // namespace daybook::kafka::test
