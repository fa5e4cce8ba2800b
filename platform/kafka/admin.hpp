#pragma once

#include <map>
#include <optional>
#include <string>

#include "platform/kafka/message.hpp"

namespace daybook::kafka {

struct TopicSpec {
  std::string name;
  int partitions = 1;
  int replication_factor = 1;
  /// Topic settings by their Kafka names (`retention.ms`, `max.message.bytes`, …).
  std::map<std::string, std::string> configs = {};
};

enum class TopicOutcome {
  existed,
  created,
  /// The cluster cannot create topics on request and made it with its own defaults when asked for it.
  created_by_default,
};

struct TopicReport {
  /// What the topic has, which may differ from what the spec asks.
  int partitions = 0;
  TopicOutcome outcome = TopicOutcome::existed;
};

struct TopicDescription {
  int partitions = 0;
  int replication_factor = 0;
  /// Empty where the cluster cannot tell.
  std::map<std::string, std::string> configs = {};
};

/// Makes the topic if it is missing; never changes an existing one. Safe to call from several processes at
/// once. Throws Error when the cluster does not answer in time or refuses.
[[nodiscard]] TopicReport ensure_topic(const std::string& brokers, const TopicSpec& spec,
                                       int timeout_ms = 15'000);

/// nullopt when there is no such topic. Throws Error when the cluster does not answer in time.
[[nodiscard]] std::optional<TopicDescription> describe_topic(const std::string& brokers,
                                                             const std::string& name,
                                                             int timeout_ms = 15'000);

}  // namespace daybook::kafka
