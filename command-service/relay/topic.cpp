#include "command-service/relay/topic.hpp"

#include <chrono>
#include <set>
#include <vector>

#include "events/kafka_message.hpp"
#include "platform/kafka/admin.hpp"
#include "platform/kafka/consumer.hpp"

namespace daybook::relay {

namespace {

constexpr int last_record_poll_ms = 50;

}  // namespace

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

namespace {

[[noreturn]] void refuse(const std::string& topic, const std::string& holds) {
  throw std::runtime_error("The Kafka topic " + topic + " holds " + holds +
                           ". Nothing is sent to it. After a restore of the database, run `daybook doctor "
                           "--after-restore`, which goes on with a new topic.");
}

void compare(const kafka::Message& message, const std::string& topic, const events::LogIdentity& identity,
             events::LogReader& log) {
  events::KafkaHeaders headers;
  for (const auto& header : message.headers) headers.emplace_back(header.name, header.value);
  const auto record = events::from_record(headers, message.value);
  if (!record || record->log != identity.log_id || record->epoch != identity.epoch)
    refuse(topic, "messages of another log or another epoch");
  const auto& event = record->event;
  if (log.leaf_at(event.position) == event.leaf) return;
  refuse(topic, "an event at position " + std::to_string(event.position.value) + " that the log does not have: it ends at " +
                    std::to_string(log.head().value) + " and has lost its end");
}

}  // namespace

TopicHistory compare_topic(const std::string& brokers, const Checkpoint& checkpoint, const events::LogIdentity& identity,
                           events::LogReader& log) {
  kafka::Consumer consumer(brokers, {.client_id = "daybook-relay"});
  std::vector<kafka::Assignment> last_records;
  bool emptied = false;
  for (int partition = 0; partition < checkpoint.partitions; ++partition) {
    const auto marks = consumer.watermarks(checkpoint.topic, partition, topic_timeout_ms);
    if (!marks)
      throw kafka::Error("the Kafka cluster did not tell how far " + checkpoint.topic + " is filled");
    if (marks->high > marks->low) last_records.push_back({checkpoint.topic, partition, marks->high - 1});
    if (marks->high == 0 && checkpoint.previous[static_cast<std::size_t>(partition)] != 0) emptied = true;
  }
  if (last_records.empty()) return emptied ? TopicHistory::emptied : TopicHistory::ours;
  consumer.assign(last_records);
  std::set<int> seen;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(topic_timeout_ms);
  while (seen.size() < last_records.size()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw kafka::Error("the Kafka cluster did not show the last records of " + checkpoint.topic);
    const auto message = consumer.poll(last_record_poll_ms);
    if (!message || !seen.insert(message->partition).second) continue;
    compare(*message, checkpoint.topic, identity, log);
  }
  return emptied ? TopicHistory::emptied : TopicHistory::ours;
}

}  // namespace daybook::relay
