#pragma once
// The topic as the relay needs it in the cluster. Everything here asks the brokers and throws kafka::Error
// when they do not answer in time.
#include <string>

#include "command-service/relay/leadership.hpp"

namespace daybook::relay {

inline constexpr int topic_timeout_ms = 5000;  // for each question

// Makes the topic when it is missing: kept for ever, never compacted, messages as large as ours may be.
// Throws std::runtime_error, a sentence for the operator, when it has another number of partitions than
// log.topics says: every workspace would change its partition, and its order with it.
void ensure_topic(const std::string& brokers, const Checkpoint& checkpoint, int replication_factor);

// True when a partition that the checkpoint has filled never held a record: the topic was deleted and made
// again, and has to be filled from the log's first event.
[[nodiscard]] bool has_lost_everything(const std::string& brokers, const Checkpoint& checkpoint);

}  // namespace daybook::relay
