#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/kafka/message.hpp"

namespace daybook::kafka {

struct ProducerOptions {
  std::string client_id = "daybook";
  int queue_messages_max = 10'000;
  int queue_bytes_max = 64 << 20;
  int linger_ms = 2;
};

/// The fate of one message, by the tag it was produced with.
struct DeliveryReport {
  std::uint64_t tag = 0;
  bool ok = false;
  int partition = -1;
  std::int64_t offset = -1;
  std::string error;
};

/// Idempotent producer (`acks=all`): messages of one partition arrive in the order of `produce`, once per
/// producer life. It never gives up on a message by itself, because the ones behind it would leave a hole: an
/// outage is waited out for as long as it takes (`last_error` tells of it). A message the broker refuses for
/// good makes the producer fatal and drops everything behind it; the owner then throws the producer away,
/// builds a new one and produces again from the last acknowledged message. One thread at a time. Destruction
/// drops what was not acknowledged.
class Producer {
 public:
  explicit Producer(const std::string& brokers, const ProducerOptions& options = {});
  Producer(Producer&&) noexcept;
  Producer& operator=(Producer&&) noexcept;
  ~Producer();

  /// False when the local queue is full: poll and try again. Throws Error for a message that can never be
  /// sent (too large) and once the producer is fatal.
  [[nodiscard]] bool produce(const Message& message, std::uint64_t tag);

  /// Every report that has come in, waiting up to `timeout_ms` for the first.
  [[nodiscard]] std::vector<DeliveryReport> poll(int timeout_ms);

  /// Waits until nothing is queued or in flight; false at the timeout. Reports stay for the next `poll`.
  [[nodiscard]] bool flush(int timeout_ms);

  /// The reason once the producer is of no more use.
  [[nodiscard]] std::optional<std::string> fatal() const;
  /// Messages queued or in flight.
  [[nodiscard]] int pending() const;
  /// The last trouble that is being waited out (an outage, say); empty when a report has been good since.
  [[nodiscard]] const std::string& last_error() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::kafka
