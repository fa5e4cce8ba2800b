#include "platform/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <exception>
#include <utility>

namespace daybook::http {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t header_read_bytes = 4 << 10;
constexpr std::size_t body_read_bytes = 32 << 10;
/// A client that was refused may still be sending: this much is read and dropped, for this long.
constexpr std::size_t linger_bytes_max = 16 << 20;
constexpr int linger_timeout_s = 2;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

/// One request that waits for its reply. Shared by the copies of its Respond; the last one to go without an
/// answer has the connection answer for the handler.
class Exchange {
 public:
  Exchange(std::weak_ptr<Connection> connection, std::shared_ptr<Entrance> entrance)
      : connection_(std::move(connection)), entrance_(std::move(entrance)) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { fail(); }

  void answer(Response response) {
    settle([response = std::move(response)](Connection& connection) mutable {
      connection.reply(std::move(response));
    });
  }

  void fail() {
    settle([](Connection& connection) { connection.reply_failed(); });
  }

 private:
  /// Only the first settlement counts, and it takes place in the connection's own thread.
  template <typename Settlement>
  void settle(Settlement settlement) {
    if (answered_.exchange(true)) return;
    if (entrance_->is_here()) {
      if (const auto alive = connection_.lock()) settlement(*alive);
      return;
    }
    entrance_->post([connection = connection_, settlement = std::move(settlement)]() mutable {
      if (const auto alive = connection.lock()) settlement(*alive);
    });
  }

  std::weak_ptr<Connection> connection_;
  std::shared_ptr<Entrance> entrance_;
  std::atomic<bool> answered_ = false;
};

}  // namespace

Connection::Connection(Socket socket, Service& service, std::shared_ptr<Entrance> entrance,
                       Connections& connections)
    : socket_(std::move(socket)),
      service_(service),
      entrance_(std::move(entrance)),
      connections_(connections),
      buffer_(service.options.header_bytes_max + body_read_bytes) {}

Connection::~Connection() {
  if (stream_) stream_->abort();
}

void Connection::begin() {
  place_ = connections_.insert(connections_.end(), shared_from_this());
  error_code error;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  if (!error) socket_.non_blocking(true, error);
  const auto remote = socket_.remote_endpoint(error);
  if (error || service_.draining) return close();
  remote_address_ = remote.address().to_string();
  expire_in(service_.options.header_read_timeout_s);
  read();
}

void Connection::read() {
  const auto wanted = phase_ == Phase::reading_body ? body_read_bytes : header_read_bytes;
  const auto room = std::min(wanted, buffer_.max_size() - buffer_.size());
  if (room == 0) return fail(400, "the request is malformed");
  read_pending_ = true;
  socket_.async_read_some(buffer_.prepare(room),
                          [self = shared_from_this()](const error_code& error, std::size_t bytes) {
                            self->on_read(error, bytes);
                          });
}

void Connection::on_read(const error_code& error, std::size_t bytes) {
  read_pending_ = false;
  if (phase_ == Phase::closed) return;
  if (is_reading()) {
    if (error) return close();
    buffer_.commit(bytes);
    return advance();
  }
  // Nothing more is wanted of this client; an error tells that it is gone.
  if (phase_ != Phase::streaming && phase_ != Phase::lingering) return;
  discarded_bytes_ += bytes;
  if (error || discarded_bytes_ > linger_bytes_max) return close();
  buffer_.clear();
  read();
}

void Connection::advance() {
  while (is_reading()) {
    if (phase_ == Phase::waiting) begin_request();
    if (buffer_.size() == 0) return read();
    error_code error;
    const auto used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    const bool starved = error == boost::beast::http::error::need_more;
    if (error && !starved) return refuse(error);
    if (parser_->is_done()) return handle();
    if (phase_ == Phase::reading_header && parser_->is_header_done() && !begin_body()) return;
    if (starved || used == 0) return read();
  }
}

void Connection::begin_request() {
  // Empty lines before a request line are to be ignored (RFC 9112 §2.2).
  while (buffer_.size() > 0) {
    const char first = *static_cast<const char*>(buffer_.data().data());
    if (first != '\r' && first != '\n') break;
    buffer_.consume(1);
  }
  if (buffer_.size() == 0) return;
  phase_ = Phase::reading_header;
  request_whole_ = false;
  parser_.emplace(service_.options, remote_address_);
  expire_in(service_.options.header_read_timeout_s);
}

/// False when the client is told to go on first, and reading starts again after that.
bool Connection::begin_body() {
  phase_ = Phase::reading_body;
  expire_in(service_.options.body_read_timeout_s);
  if (!parser_->expects_continue() || buffer_.size() > 0) return true;
  write_continue();
  return false;
}

void Connection::write_continue() {
  asio::async_write(socket_, asio::buffer(continue_line),
                    [self = shared_from_this()](const error_code& error, std::size_t) {
                      if (self->phase_ != Phase::reading_body) return;
                      if (error) return self->close();
                      self->read();
                    });
}

void Connection::handle() {
  phase_ = Phase::handling;
  request_whole_ = true;
  expire_never();
  auto request = std::move(parser_->request());
  context_ = {request.method == "HEAD", parser_->http_1_0(), parser_->keep_alive()};
  const auto exchange = std::make_shared<Exchange>(weak_from_this(), entrance_);
  try {
    service_.handler(std::move(request),
                     [exchange](Response response) { exchange->answer(std::move(response)); });
  } catch (const std::exception&) {
    exchange->fail();
  }
}

void Connection::refuse(const error_code& error) {
  namespace http = boost::beast::http;
  if (const auto& refusal = parser_->refusal(); refusal.status != 0)
    return fail(refusal.status, refusal.detail);
  if (error == http::error::header_limit) {
    return request_line_is_too_long() ? fail(414, "the URL is too long")
                                      : fail(431, "the header is too large");
  }
  if (error == http::error::bad_version) return fail(505, "the HTTP version is not supported");
  fail(400, "the request is malformed");
}

/// For a header that was cut off before its request line was parsed.
bool Connection::request_line_is_too_long() const {
  if (parser_->has_request_line()) return false;
  const std::string_view seen(static_cast<const char*>(buffer_.data().data()), buffer_.size());
  return std::min(seen.find('\n'), seen.size()) > service_.options.url_bytes_max;
}

void Connection::fail(int status, std::string_view detail) {
  context_ = {parser_ && parser_->request().method == "HEAD", parser_ && parser_->http_1_0(), false};
  write(problem(status, detail));
}

Response Connection::problem(int status, std::string_view detail) const {
  Request nothing;
  nothing.remote_address = remote_address_;
  try {
    return service_.options.problem(status, detail, parser_ ? parser_->request() : nothing);
  } catch (const std::exception&) {
    return plain_problem(status, detail);
  }
}

void Connection::reply(Response response) {
  if (phase_ == Phase::handling) write(std::move(response));
}

void Connection::reply_failed() {
  if (phase_ == Phase::handling) write(problem(500, "the request could not be handled"));
}

void Connection::write(Response response) {
  phase_ = Phase::writing;
  expire_in(service_.options.idle_timeout_s);
  response_ = std::move(response);
  const auto kind = body_kind(response_, context_);
  const bool ends_connection = kind == BodyKind::chunked || kind == BodyKind::until_close;
  if (ends_connection || service_.draining || asks_to_close(response_)) context_.keep_alive = false;
  head_.clear();
  append_head(head_, response_, context_);
  const std::string_view body = kind == BodyKind::sized ? response_.body : std::string_view();
  std::array<asio::const_buffer, 2> buffers = {asio::buffer(head_), asio::buffer(body)};
  // Most replies fit into the socket's buffer. What the client sent ahead is answered by way of the loop instead, so that replies
  // do not nest; so is what has a stream behind it.
  if (!ends_connection && buffer_.size() == 0) {
    error_code error;
    const auto sent = socket_.write_some(buffers, error);
    if (error && error != asio::error::would_block) return on_written(error);
    if (sent == head_.size() + body.size()) return on_written({});
    buffers = {buffers[0] + sent, buffers[1] + (sent - std::min(sent, head_.size()))};
  }
  asio::async_write(socket_, buffers, [self = shared_from_this()](const error_code& error, std::size_t) {
    self->on_written(error);
  });
}

void Connection::on_written(const error_code& error) {
  if (phase_ == Phase::closed) return;
  if (error) return close();
  if (const auto kind = body_kind(response_, context_);
      kind == BodyKind::chunked || kind == BodyKind::until_close) {
    return begin_stream();
  }
  if (!context_.keep_alive) return finish();
  response_ = {};
  phase_ = Phase::waiting;
  expire_in(service_.options.idle_timeout_s);
  if (service_.draining && buffer_.size() == 0) return close();
  advance();
}

void Connection::begin_stream() {
  phase_ = Phase::streaming;
  expire_never();
  buffer_.clear();  // A stream is the connection's last reply: what was sent ahead stays unanswered.
  const bool chunked = body_kind(response_, context_) == BodyKind::chunked;
  stream_ = std::make_shared<StreamQueue>(service_.options.stream_queue_bytes_max, chunked,
                                          [connection = weak_from_this(), entrance = entrance_] {
                                            entrance->post([connection] {
                                              if (const auto alive = connection.lock()) alive->flush_stream();
                                            });
                                          });
  if (!read_pending_) read();  // Only to learn that the client has gone.
  const auto start = std::move(response_.stream);
  try {
    start(StreamWriter(stream_));
  } catch (const std::exception&) {
    return close();
  }
  if (service_.draining) stream_->close();
}

void Connection::flush_stream() {
  if (phase_ != Phase::streaming || batch_pending_) return;
  switch (stream_->take(batch_)) {
    case StreamQueue::State::waiting:
      return;
    case StreamQueue::State::ended:
      return finish();
    case StreamQueue::State::aborted:
      return close();
    case StreamQueue::State::sending:
      break;
  }
  batch_pending_ = true;
  expire_in(service_.options.idle_timeout_s);
  asio::async_write(socket_, asio::buffer(batch_),
                    [self = shared_from_this()](const error_code& error, std::size_t) {
                      self->batch_pending_ = false;
                      if (self->phase_ != Phase::streaming) return;
                      if (error) return self->close();
                      self->expire_never();
                      self->flush_stream();
                    });
}

void Connection::finish() {
  if (request_whole_ && buffer_.size() == 0) return close();
  phase_ = Phase::lingering;
  expire_in(linger_timeout_s);
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  buffer_.clear();
  if (!read_pending_) read();
}

void Connection::check_deadline(Clock::time_point now) {
  if (now < deadline_) return;
  // Without a read, "100 Continue" is still being written, and no second write may go beside it.
  if (is_reading() && !read_pending_) return close();
  if (phase_ == Phase::reading_header) return fail(408, "the header took too long");
  if (phase_ == Phase::reading_body) return fail(408, "the body took too long");
  close();
}

void Connection::drain() {
  if (phase_ == Phase::waiting) return close();
  if (phase_ == Phase::streaming) stream_->close();
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  const auto self = shared_from_this();
  phase_ = Phase::closed;
  expire_never();
  error_code error;
  socket_.close(error);
  if (stream_) stream_->abort();
  connections_.erase(place_);
  service_.on_connection_closed();
}

}  // namespace daybook::http
