#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace daybook::http {

/// Another process (or server) listens on that address and port already; the message names both.
class AddressInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 takes any free one; Server::port() tells which.
  int threads = 1;         ///< Each serves its own connections; a connection never changes threads.

  int idle_timeout_s = 60;         ///< Between requests, and for a client that stops reading its reply.
  int header_read_timeout_s = 10;  ///< From connecting or the first byte to the end of the header: 408.
  int body_read_timeout_s = 30;    ///< From the end of the header to the end of the body: 408.

  std::size_t header_bytes_max = 16 << 10;  ///< Request line and header fields: 431.
  std::size_t url_bytes_max = 8 << 10;      ///< 414.
  std::size_t body_bytes_max = 1 << 20;     ///< 413, unless `body_limit` is set.
  /// Per-route limit in bytes, given the method and the decoded path. Must be quick; runs on the I/O thread.
  std::function<std::size_t(std::string_view method, std::string_view path)> body_limit = {};

  std::size_t connections_max = 4096;              ///< More wait in the listen queue.
  std::size_t stream_queue_bytes_max = 256 << 10;  ///< What one live stream may have unsent.

  /// Makes the reply to what the server refuses by itself: 400, 408, 413, 414, 431, 500, 501, 505. `seen` is the
  /// request as far as it was read, which may be nothing but the remote address. Runs on the I/O thread.
  std::function<Response(int status, std::string_view detail, const Request& seen)> problem = {};
};

/// The reply used when ServerOptions::problem is not set (RFC 9457).
[[nodiscard]] Response plain_problem(int status, std::string_view detail);

/// An HTTP/1.1 server (RFC 9110, RFC 9112): reads whole requests, gives them to one asynchronous handler and
/// writes the replies in order. It owns its I/O threads; the handler runs on them. All methods may be called
/// from any thread, except `drain` and the destructor: never from a handler.
class Server {
 public:
  using Options = ServerOptions;

  /// Binds and listens; clients that connect before `start` wait. Throws AddressInUse, or std::system_error
  /// naming the address when it cannot be bound for another reason.
  explicit Server(Options options = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops at once: connections are cut, streams close, replies that come later are dropped.
  ~Server();

  [[nodiscard]] std::uint16_t port() const noexcept;

  /// Once.
  void start(Handler handler);

  /// Stops accepting, ends streams and idle connections, answers what is in flight with "Connection: close",
  /// then stops. False when `deadline` came first and the rest was cut.
  bool drain(std::chrono::milliseconds deadline);

  [[nodiscard]] std::size_t connections() const noexcept;

  /// Runs on the first I/O thread; dropped when the server has stopped. `fn` must not throw.
  void post(std::function<void()> fn);
  void post_after(std::chrono::milliseconds delay, std::function<void()> fn);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::http
