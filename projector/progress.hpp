#pragma once
// How far the read models are, for whoever waits for a position. Safe from any thread; callbacks run on the thread that
// reports growth or time-out, and must be short.
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "events/core/id.hpp"

namespace daybook::projector {

class Progress {
 public:
  Progress();
  ~Progress();

  events::Position current() const;
  // After the state store has committed.
  void reached(events::Position position);
  // Calls back once: true when the position is reached, false when the time ran out first.
  void when_reached(events::Position position, int timeout_ms, std::function<void(bool)> then);
  // Calls back at each growth until the handle is dropped.
  std::shared_ptr<void> on_growth(std::function<void(events::Position)> then);

 private:
  struct Waiter {
    events::Position position{};
    std::function<void(bool)> then;
  };
  void time_out();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  events::Position current_{};
  std::multimap<std::chrono::steady_clock::time_point, Waiter> waiters_;   // by deadline
  std::vector<std::weak_ptr<std::function<void(events::Position)>>> listeners_;
  bool stopping_ = false;
  std::thread timer_;
};

}  // namespace daybook::projector
