#pragma once

// Internal to the server: brings in Asio.

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

namespace daybook::http {

/// The way into one I/O thread from any other. It outlives the thread and its io_context, because replies and
/// streams may be held longer than the server: once shut, what is posted is dropped.
class Entrance {
 public:
  explicit Entrance(boost::asio::io_context& context) : context_(&context) {}

  template <typename Function>
  void post(Function function) {
    const std::lock_guard lock(mutex_);
    if (context_ != nullptr) boost::asio::post(*context_, std::move(function));
  }

  template <typename Function>
  void post_after(std::chrono::milliseconds delay, Function function) {
    const std::lock_guard lock(mutex_);
    if (context_ == nullptr) return;
    auto timer = std::make_shared<boost::asio::steady_timer>(*context_, delay);
    timer->async_wait(
        [timer, function = std::move(function)](const boost::system::error_code& error) mutable {
          if (!error) function();
        });
  }

  void shut() {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
  }

  /// Runs the loop in this thread, which `is_here` then recognises.
  void run_loop() {
    current_ = this;
    context_->run();
    current_ = nullptr;
  }
  [[nodiscard]] bool is_here() const noexcept { return current_ == this; }

 private:
  static inline thread_local const Entrance* current_ = nullptr;

  std::mutex mutex_;
  boost::asio::io_context* context_;
};

}  // namespace daybook::http
