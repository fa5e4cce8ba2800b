#pragma once

// Internal to the server: brings in Beast and Asio.

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/entrance.hpp"
#include "platform/http/message.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/server.hpp"
#include "platform/http/stream_queue.hpp"

namespace daybook::http {

using Clock = std::chrono::steady_clock;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Connection;
using Connections = std::list<std::shared_ptr<Connection>>;

/// What all connections of a server share; outlives them.
struct Service {
  ServerOptions options;
  Handler handler;
  std::function<void()> on_connection_closed;
  std::atomic<bool> draining = false;
};

/// One client's connection: reads a request, waits for its reply, writes it, and so on, one at a time and in
/// order. Lives in one I/O thread, owned by that thread's list from `begin` until it closes; replies of other
/// threads come in through the thread's Entrance.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, Service& service, std::shared_ptr<Entrance> entrance, Connections& connections);
  ~Connection();

  void begin();
  /// The handler's reply to the request that is being handled.
  void reply(Response response);
  /// The handler gave no reply: 500.
  void reply_failed();
  /// Acts on a deadline that has passed. Called a few times a second, so that requests arm no timers.
  void check_deadline(Clock::time_point now);
  /// Closes what is idle, ends what streams; the rest closes after its reply.
  void drain();
  void close();

 private:
  enum class Phase {
    waiting,  // For a request's first byte.
    reading_header,
    reading_body,
    handling,
    writing,
    streaming,
    lingering,  // Our side is shut; reads on so that the client sees the reply and no reset.
    closed,
  };

  [[nodiscard]] bool is_reading() const noexcept { return phase_ <= Phase::reading_body; }
  void expire_in(int seconds) { deadline_ = Clock::now() + std::chrono::seconds(seconds); }
  void expire_never() { deadline_ = Clock::time_point::max(); }

  void read();
  void on_read(const boost::system::error_code& error, std::size_t bytes);
  void advance();
  void begin_request();
  bool begin_body();
  void write_continue();
  void handle();

  void refuse(const boost::system::error_code& error);
  void fail(int status, std::string_view detail);
  [[nodiscard]] Response problem(int status, std::string_view detail) const;
  [[nodiscard]] bool request_line_is_too_long() const;

  void write(Response response);
  void on_written(const boost::system::error_code& error);
  void begin_stream();
  void flush_stream();
  void finish();

  Socket socket_;
  Service& service_;
  std::shared_ptr<Entrance> entrance_;
  Connections& connections_;
  Connections::iterator place_{};
  std::string remote_address_;

  Phase phase_ = Phase::waiting;
  Clock::time_point deadline_ = Clock::time_point::max();
  boost::beast::flat_buffer buffer_;
  std::optional<RequestParser> parser_;
  bool read_pending_ = false;
  bool request_whole_ = true;
  std::size_t discarded_bytes_ = 0;

  HeadContext context_;
  Response response_;
  std::string head_;

  std::shared_ptr<StreamQueue> stream_;
  std::string batch_;
  bool batch_pending_ = false;
};

}  // namespace daybook::http
