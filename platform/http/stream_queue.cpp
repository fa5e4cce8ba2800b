#include "platform/http/stream_queue.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace daybook::http {
namespace {

/// Size in hex and the two line ends around a chunk (RFC 9112 §7.1).
constexpr std::size_t chunk_frame_bytes_max = 20;

void append_chunk(std::string& out, const std::string& chunk) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), chunk.size(), 16).ptr;
  out.append(digits.data(), end).append("\r\n").append(chunk).append("\r\n");
}

void run(const std::vector<std::function<void()>>& callbacks) {
  for (const auto& callback : callbacks) callback();
}

}  // namespace

StreamQueue::StreamQueue(std::size_t bytes_max, bool chunked, std::function<void()> wake)
    : bytes_max_(bytes_max), chunked_(chunked), wake_(std::move(wake)) {}

bool StreamQueue::write(std::string chunk) {
  std::vector<std::function<void()>> callbacks;
  bool accepted = false;
  {
    const std::lock_guard lock(mutex_);
    if (life_ != Life::open) return false;
    // An empty chunk would be the end of the body.
    if (chunk.empty()) return true;
    const auto unsent = pending_.size() + in_flight_bytes_;
    // One chunk alone may be larger: it could never be sent otherwise.
    accepted = unsent == 0 || unsent + chunk.size() + chunk_frame_bytes_max <= bytes_max_;
    if (!accepted) {
      leave_open(Life::aborted, callbacks);
    } else if (chunked_) {
      append_chunk(pending_, chunk);
    } else {
      pending_.append(chunk);
    }
    if (accepted && std::exchange(wake_pending_, true)) return true;
  }
  wake_();
  run(callbacks);
  return accepted;
}

void StreamQueue::close() {
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    if (!leave_open(Life::closing, callbacks)) return;
    if (chunked_) pending_.append("0\r\n\r\n");
  }
  wake_();
  run(callbacks);
}

void StreamQueue::abort() {
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    leave_open(Life::aborted, callbacks);
    life_ = Life::aborted;
    pending_.clear();
  }
  run(callbacks);
}

bool StreamQueue::open() const {
  const std::lock_guard lock(mutex_);
  return life_ == Life::open;
}

std::size_t StreamQueue::unsent_bytes() const {
  const std::lock_guard lock(mutex_);
  return pending_.size() + in_flight_bytes_;
}

void StreamQueue::on_close(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (life_ == Life::open) {
      callbacks_.push_back(std::move(callback));
      return;
    }
  }
  callback();
}

StreamQueue::State StreamQueue::take(std::string& out) {
  const std::lock_guard lock(mutex_);
  out.clear();
  in_flight_bytes_ = 0;
  wake_pending_ = false;
  if (life_ == Life::aborted) return State::aborted;
  if (pending_.empty()) return life_ == Life::closing ? State::ended : State::waiting;
  std::swap(out, pending_);
  in_flight_bytes_ = out.size();
  return State::sending;
}

bool StreamQueue::leave_open(Life next, std::vector<std::function<void()>>& callbacks) {
  if (life_ != Life::open) return false;
  life_ = next;
  callbacks.swap(callbacks_);
  return true;
}

}  // namespace daybook::http
