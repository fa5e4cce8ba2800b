#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace daybook::kafka {

/// The largest message this adapter sends or fetches, and what topics must allow as max.message.bytes.
inline constexpr std::size_t message_bytes_max = std::size_t{8} << 20;

/// Let the producer choose the partition from the key, as the Java client does (murmur2).
inline constexpr int partition_by_key = -1;

/// A broken broker or configuration; the message is librdkafka's sentence.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Header names may repeat; their order is kept.
struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

/// One record. `offset` is meaningful on consumed messages only.
struct Message {
  std::string topic;
  int partition = partition_by_key;
  std::int64_t offset = -1;
  std::optional<std::string> key = std::nullopt;
  std::string value = {};
  std::vector<Header> headers = {};
};

}  // namespace daybook::kafka
