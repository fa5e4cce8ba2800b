#pragma once
// Reads the next batches on a thread of its own while the one before is projected; small ones that wait become one. Wraps any
// source, which it alone uses.
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "projector/source.hpp"

namespace daybook::projector {

class ReadAhead final : public Source {
 public:
  static constexpr std::size_t batches_max = 2;   // read and not yet taken
  // What is below both is small.
  static constexpr std::size_t small_events_max = 500, small_bytes_max = 1 << 20;

  explicit ReadAhead(std::unique_ptr<Source> inner);
  ~ReadAhead() override;

  // What the inner source throws is thrown here, in its turn. A position other than the end of the last batch starts anew.
  std::vector<events::Envelope> next(events::Position after, int timeout_ms) override;
  // Batches read and not yet taken; from any thread.
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return ready_.size();
  }

 private:
  void read();
  void keep(std::vector<events::Envelope> batch);

  std::unique_ptr<Source> inner_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<events::Envelope>> ready_;
  events::Position from_{};         // where the next read starts
  std::uint64_t restarts_ = 0;      // a read that was under way at a restart is dropped
  std::exception_ptr error_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace daybook::projector
