#pragma once
// Where the projector's events come from. Whatever the way, they arrive in the order of their positions, without a hole.
#include <memory>
#include <vector>

#include "events/log_reader.hpp"

namespace daybook::projector {

inline constexpr std::size_t batch_events_max = 10000;
inline constexpr std::size_t batch_bytes_max = 16 << 20;

class Source {
 public:
  virtual ~Source() = default;
  // The next events after a position, waiting up to `timeout_ms` for the first; contiguous from position + 1.
  virtual std::vector<events::Envelope> next(events::Position after, int timeout_ms) = 0;
};

// Straight from the log.
class LogSource final : public Source {
 public:
  explicit LogSource(std::shared_ptr<events::LogReader> log) : log_(std::move(log)) {}
  std::vector<events::Envelope> next(events::Position after, int timeout_ms) override {
    if (log_->wait_beyond(after, timeout_ms) <= after) return {};
    return log_->read(after, batch_events_max, batch_bytes_max);
  }

 private:
  std::shared_ptr<events::LogReader> log_;
};

}  // namespace daybook::projector
