#pragma once
// A few threads with a bounded queue, for work that would block the I/O thread: password hashing, SQL. Any thread may post;
// the destructor finishes what is queued. Work that throws is dropped, and what it held with it.
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace daybook::runtime {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t queue_max);
  ~WorkerPool();

  // False when the queue is full: the caller answers "busy".
  [[nodiscard]] bool post(std::function<void()> work);
  std::size_t queued() const;
  std::size_t queue_max() const { return queue_max_; }
  std::size_t threads() const { return threads_.size(); }
  // Threads that work at this moment.
  std::size_t busy() const { return busy_; }

 private:
  void loop();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::atomic<std::size_t> busy_{0};
  std::vector<std::thread> threads_;
};

}  // namespace daybook::runtime
