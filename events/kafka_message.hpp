#pragma once
// An event as a Kafka record: CloudEvents 1.0, binary mode (Kafka protocol binding §3.2). The value is `data`, byte for byte;
// every other field of the leaf's preimage travels as a header, so that a consumer can compute the leaf itself.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/core/envelope.hpp"

namespace daybook::events {

using KafkaHeaders = std::vector<std::pair<std::string, std::string>>;

struct KafkaRecord {
  std::string key;        // workspace id, or the stream's id outside one
  std::string value;
  KafkaHeaders headers;
};

// The topic of format 1; its partitions are counted in log.topics.
inline constexpr std::string_view events_topic = "daybook.events.1";
inline constexpr int events_partitions_at_birth = 12;

// What decides the partition: everything of a workspace is in one, in order.
std::string partition_key(const Envelope& event);
// FNV-1a, 64 bits, over the key's text, modulo the count.
int partition_of(std::string_view key, int partitions);

// `previous` is the position sent to this partition before: a consumer that holds another one sees a hole.
KafkaRecord to_record(const LogId& log, Epoch epoch, const Envelope& event, Position previous);

struct FromRecord {
  Envelope event;
  LogId log{};
  Epoch epoch{};
  Position previous{};
};
// Nothing when a header is missing or the leaf is not that of the bytes.
std::optional<FromRecord> from_record(const KafkaHeaders& headers, std::string_view value);

}  // namespace daybook::events
