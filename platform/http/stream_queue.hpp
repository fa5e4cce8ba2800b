#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "platform/http/message.hpp"

namespace daybook::http {

/// What one live body has written and not yet sent: writers of any thread on one side, the connection's
/// thread on the other. Bounded, so that a slow reader costs its own stream and no memory.
class StreamQueue : public StreamChannel {
 public:
  /// `wake` is called outside the lock whenever the connection has something to look at.
  StreamQueue(std::size_t bytes_max, bool chunked, std::function<void()> wake);

  bool write(std::string chunk) override;
  void close() override;
  [[nodiscard]] bool open() const override;
  [[nodiscard]] std::size_t unsent_bytes() const override;
  void on_close(std::function<void()> callback) override;

  enum class State {
    waiting,  ///< Nothing to send now.
    sending,  ///< `out` holds the next bytes.
    ended,    ///< Closed properly, all of it sent.
    aborted,  ///< Closed without its end: overflow, or the client is gone.
  };
  /// The connection's side: says that the last batch is sent and takes the next one.
  [[nodiscard]] State take(std::string& out);
  /// The connection is gone.
  void abort();

 private:
  enum class Life { open, closing, aborted };
  bool leave_open(Life next, std::vector<std::function<void()>>& callbacks);

  const std::size_t bytes_max_;
  const bool chunked_;
  const std::function<void()> wake_;

  mutable std::mutex mutex_;
  Life life_ = Life::open;
  std::string pending_;
  std::size_t in_flight_bytes_ = 0;
  bool wake_pending_ = false;
  std::vector<std::function<void()>> callbacks_;
};

}  // namespace daybook::http
