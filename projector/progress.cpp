#include "projector/progress.hpp"

namespace daybook::projector {

using Clock = std::chrono::steady_clock;

Progress::Progress() : timer_([this] { time_out(); }) {}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  timer_.join();
  for (auto& [deadline, waiter] : waiters_) waiter.then(false);
}

events::Position Progress::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void Progress::reached(events::Position position) {
  std::vector<std::function<void(bool)>> done;
  std::vector<std::shared_ptr<std::function<void(events::Position)>>> listening;
  {
    const std::lock_guard lock(mutex_);
    if (position <= current_) return;
    current_ = position;
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (waiter->second.position > position) {
        ++waiter;
        continue;
      }
      done.push_back(std::move(waiter->second.then));
      waiter = waiters_.erase(waiter);
    }
    std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
    for (const auto& listener : listeners_)
      if (auto live = listener.lock()) listening.push_back(std::move(live));
  }
  for (auto& then : done) then(true);
  for (auto& listener : listening) (*listener)(position);
}

void Progress::when_reached(events::Position position, int timeout_ms, std::function<void(bool)> then) {
  bool reached = false;
  {
    const std::lock_guard lock(mutex_);
    reached = position <= current_;
    if (!reached && !stopping_) {
      waiters_.emplace(Clock::now() + std::chrono::milliseconds(timeout_ms), Waiter{position, std::move(then)});
      changed_.notify_all();
      return;
    }
  }
  then(reached);
}

std::shared_ptr<void> Progress::on_growth(std::function<void(events::Position)> then) {
  auto listener = std::make_shared<std::function<void(events::Position)>>(std::move(then));
  const std::lock_guard lock(mutex_);
  listeners_.push_back(listener);
  return listener;
}

void Progress::time_out() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiters_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto deadline = waiters_.begin()->first;
    if (Clock::now() < deadline) {
      changed_.wait_until(lock, deadline);
      continue;
    }
    auto then = std::move(waiters_.begin()->second.then);
    waiters_.erase(waiters_.begin());
    lock.unlock();
    then(false);
    lock.lock();
  }
}

}  // namespace daybook::projector
