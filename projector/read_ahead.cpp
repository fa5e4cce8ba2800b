#include "projector/read_ahead.hpp"

#include <chrono>
#include <iterator>
#include <utility>

namespace daybook::projector {
namespace {

constexpr int poll_timeout_ms = 200;   // how long the end may have to wait for a read

bool is_small(const std::vector<events::Envelope>& batch) {
  if (batch.size() > ReadAhead::small_events_max) return false;
  std::size_t bytes = 0;
  for (const auto& event : batch) bytes += event.data.size() + (event.personal ? event.personal->size() : 0);
  return bytes <= ReadAhead::small_bytes_max;
}

}  // namespace

ReadAhead::ReadAhead(std::unique_ptr<Source> inner) : inner_(std::move(inner)), thread_([this] { read(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::vector<events::Envelope> ReadAhead::next(events::Position after, int timeout_ms) {
  std::unique_lock lock(mutex_);
  const bool goes_on = ready_.empty() ? from_ == after : ready_.front().front().position == after.next();
  if (!goes_on) {
    ready_.clear();
    from_ = after;
    ++restarts_;
    changed_.notify_all();
  }
  changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return !ready_.empty() || error_; });
  if (ready_.empty() && error_) {
    changed_.notify_all();
    std::rethrow_exception(std::exchange(error_, nullptr));
  }
  if (ready_.empty()) return {};
  auto batch = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return batch;
}

// An error waits until it is fetched; the next read then tries the same place again.
void ReadAhead::read() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (ready_.size() >= batches_max || error_) {
      changed_.wait(lock);
      continue;
    }
    const auto after = from_;
    const auto restarts = restarts_;
    lock.unlock();
    std::vector<events::Envelope> batch;
    std::exception_ptr error;
    try {
      batch = inner_->next(after, poll_timeout_ms);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    if (restarts != restarts_ || (batch.empty() && !error)) continue;
    if (error) error_ = error;
    else {
      from_ = batch.back().position;
      keep(std::move(batch));
    }
    changed_.notify_all();
  }
}

// A batch costs its trips and commits however few events it has, so what gathers while one is written goes into one.
void ReadAhead::keep(std::vector<events::Envelope> batch) {
  if (ready_.empty() || !is_small(ready_.back()) || !is_small(batch)) return ready_.push_back(std::move(batch));
  auto& last = ready_.back();
  last.insert(last.end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
}

}  // namespace daybook::projector
