#pragma once
// The topic as the relay needs it in the cluster. Everything here asks the brokers and throws kafka::Error
// when they do not answer in time.
#include <string>

#include "command-service/relay/leadership.hpp"
#include "events/log_reader.hpp"

namespace daybook::relay {

inline constexpr int topic_timeout_ms = 5000;  // for each question

// Makes the topic when it is missing: kept for ever, never compacted, messages as large as ours may be.
// Throws std::runtime_error, a sentence for the operator, when it has another number of partitions than
// log.topics says: every workspace would change its partition, and its order with it.
void ensure_topic(const std::string& brokers, const Checkpoint& checkpoint, int replication_factor);

enum class TopicHistory {
  ours,    // what it holds is this log's, as far as it goes
  emptied  // a partition that the checkpoint has filled never held a record: the topic was deleted and made again
};

// Compares the last record of every partition with the log. Throws std::runtime_error, a sentence for the operator, when
// the topic holds another log or epoch, or events that this log does not have: after a restore new events would be sent
// at positions that every consumer has seen, and be dropped there as repeats.
[[nodiscard]] TopicHistory compare_topic(const std::string& brokers, const Checkpoint& checkpoint,
                                         const events::LogIdentity& identity, events::LogReader& log);

}  // namespace daybook::relay
