#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "platform/kafka/message.hpp"

namespace daybook::kafka {

struct ConsumerOptions {
  std::string client_id = "daybook";
  int fetch_wait_ms = 50;
  int queued_kilobytes_max = 64 << 10;
};

/// Where to start: an offset, or one of the two ends.
inline constexpr std::int64_t offset_beginning = -2;
inline constexpr std::int64_t offset_end = -1;

struct Assignment {
  std::string topic;
  int partition = 0;
  std::int64_t offset = offset_beginning;
};

/// Offsets of the oldest kept record and of the next one to be written.
struct Watermarks {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// The asked offset is not in the partition (expired, or the topic is another one).
class OffsetOutOfRange : public Error {
 public:
  OffsetOutOfRange(const std::string& message, std::string topic_, int partition_)
      : Error(message), topic(std::move(topic_)), partition(partition_) {}
  std::string topic;
  int partition;
};

/// Reads the partitions it is told to, from where it is told to; it belongs to no group and commits nothing,
/// because the reader's position lives with what it wrote. Order holds within a partition. One thread at a
/// time. Broker outages are waited out inside; `last_error` tells of them.
class Consumer {
 public:
  explicit Consumer(const std::string& brokers, const ConsumerOptions& options = {});
  Consumer(Consumer&&) noexcept;
  Consumer& operator=(Consumer&&) noexcept;
  ~Consumer();

  /// Replaces the whole assignment.
  void assign(std::span<const Assignment> assignments);
  /// Reads one assigned partition on from another offset; the others go on where they are. Drops what was
  /// fetched ahead, so it is for healing and not for every message.
  void seek(const std::string& topic, int partition, std::int64_t offset);

  /// Both throw OffsetOutOfRange, or Error once the consumer is of no more use.
  [[nodiscard]] std::optional<Message> poll(int timeout_ms);
  /// Up to `messages_max`, waiting up to `timeout_ms` for the first and for no other.
  [[nodiscard]] std::vector<Message> poll_batch(std::size_t messages_max, int timeout_ms);

  /// Asked from the broker. nullopt when it does not answer in time.
  [[nodiscard]] std::optional<Watermarks> watermarks(const std::string& topic, int partition,
                                                     int timeout_ms = 10'000);
  /// Number of partitions; nullopt when the topic or the broker is not there.
  [[nodiscard]] std::optional<int> partitions(const std::string& topic, int timeout_ms = 10'000);

  /// The last trouble that is being waited out; empty when a message has come since.
  [[nodiscard]] const std::string& last_error() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::kafka
