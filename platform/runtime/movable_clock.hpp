#pragma once
// A clock that can be ahead of the machine's, and only ever moves forward. From any thread.
#include <atomic>
#include <functional>

#include "platform/text/instant.hpp"

namespace daybook::runtime {

class MovableClock {
 public:
  explicit MovableClock(std::function<text::Instant()> machine) : machine_(std::move(machine)) {}

  text::Instant machine_now() const { return machine_(); }
  text::Instant now() const { return machine_now() + ahead(); }
  std::chrono::microseconds ahead() const { return std::chrono::microseconds(ahead_us_.load()); }
  // Less than it is already changes nothing.
  void be_ahead(std::chrono::microseconds by) {
    for (auto is = ahead_us_.load(); is < by.count() && !ahead_us_.compare_exchange_weak(is, by.count());) {}
  }

 private:
  const std::function<text::Instant()> machine_;
  std::atomic<std::int64_t> ahead_us_{0};
};

}  // namespace daybook::runtime
