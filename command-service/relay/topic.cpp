#include "command-service/relay/topic.hpp"

#include "platform/kafka/admin.hpp"
#include "platform/kafka/consumer.hpp"

namespace daybook::relay {

void ensure_topic(const std::string& brokers, const Checkpoint& checkpoint, int replication_factor) {
  const kafka::TopicSpec spec{.name = checkpoint.topic,
                              .partitions = checkpoint.partitions,
                              .replication_factor = replication_factor,
                              .configs = {{"max.message.bytes", std::to_string(kafka::message_bytes_max)},
                                          {"retention.ms", "-1"},
                                          {"retention.bytes", "-1"},
                                          {"cleanup.policy", "delete"}}};
  const auto report = kafka::ensure_topic(brokers, spec, topic_timeout_ms);
  if (report.partitions == checkpoint.partitions) return;
  throw std::runtime_error(
      "The Kafka topic " + checkpoint.topic + " has " + std::to_string(report.partitions) +
      " partitions, but log.topics says " + std::to_string(checkpoint.partitions) +
      ". Nothing is sent to it. Delete the topic, so that it is made and filled again, or name a "
      "new one in log.topics.");
}

bool has_lost_everything(const std::string& brokers, const Checkpoint& checkpoint) {
  kafka::Consumer consumer(brokers, {.client_id = "daybook-relay"});
  for (int partition = 0; partition < checkpoint.partitions; ++partition) {
    if (checkpoint.previous[static_cast<std::size_t>(partition)] == 0) continue;
    const auto marks = consumer.watermarks(checkpoint.topic, partition, topic_timeout_ms);
    if (!marks)
      throw kafka::Error("the Kafka cluster did not tell how far " + checkpoint.topic + " is filled");
    if (marks->high == 0) return true;
  }
  return false;
}

}  // namespace daybook::relay
