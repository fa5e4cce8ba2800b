#pragma once
// A simulated calendar: what is to happen, in the order of time. What happens may cause more to happen later; what would happen
// after the last day never does. Holds what is still to come and nothing else. One thread.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "platform/text/instant.hpp"

namespace daybook::seed {

class Clockwork {
 public:
  explicit Clockwork(text::Instant until) : until_(until) {}
  Clockwork(const Clockwork&) = delete;
  Clockwork& operator=(const Clockwork&) = delete;

  // Nothing happens in the past: what comes too late happens now.
  void at(text::Instant when, std::function<void()> what) {
    if (when <= until_) to_come_.push({std::max(when, now_), ++entered_, std::move(what)});
  }
  void after(std::chrono::minutes pause, std::function<void()> what) { at(now_ + pause, std::move(what)); }
  // Until nothing is to come. Of what happens at the same time, what was entered first happens first.
  void run() {
    while (!to_come_.empty()) {
      const auto next = to_come_.top();
      to_come_.pop();
      now_ = next.when;
      next.what();
    }
    now_ = text::instant_min;
  }
  text::Instant now() const { return now_; }

 private:
  struct Entry {
    text::Instant when{};
    std::uint64_t number = 0;
    std::function<void()> what;
    bool operator<(const Entry& other) const { return when != other.when ? when > other.when : number > other.number; }
  };

  text::Instant until_;
  text::Instant now_ = text::instant_min;
  std::uint64_t entered_ = 0;
  std::priority_queue<Entry> to_come_;
};

}  // namespace daybook::seed
