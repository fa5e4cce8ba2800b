#include "platform/http/server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "platform/http/connection.hpp"

namespace daybook::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// How often deadlines are looked at; they are kept to within this.
constexpr std::chrono::milliseconds deadline_check_ms{100};
/// After an accept that failed, usually for want of file descriptors.
constexpr std::chrono::milliseconds accept_retry_ms{100};

/// One I/O thread with its connections. Only its own thread touches `connections`, until that has ended.
struct Loop {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::shared_ptr<Entrance> entrance = std::make_shared<Entrance>(context);
  asio::steady_timer ticker{context};
  Connections connections;
  std::thread thread;

  /// Calls `visit` on every connection; it may close the one it is given.
  template <typename Visit>
  void each(Visit visit) {
    for (auto at = connections.begin(); at != connections.end();) {
      const auto connection = *at++;
      visit(*connection);
    }
  }

  void tick() {
    ticker.expires_after(deadline_check_ms);
    ticker.async_wait([this](const error_code& error) {
      if (error) return;
      each([now = Clock::now()](Connection& connection) { connection.check_deadline(now); });
      tick();
    });
  }
};

tcp::acceptor listen(asio::io_context& context, const ServerOptions& options) {
  const auto where = options.address + ":" + std::to_string(options.port);
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) throw std::system_error(error, "not an IP address: " + options.address);
  tcp::acceptor acceptor(context);
  const tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error == asio::error::address_in_use) throw AddressInUse("the address is in use: " + where);
  if (error) throw std::system_error(error, "cannot listen on " + where);
  return acceptor;
}

}  // namespace

struct Server::Impl {
  explicit Impl(Options options) {
    service.options = std::move(options);
    if (!service.options.problem) {
      service.options.problem = [](int status, std::string_view detail, const Request&) { return plain_problem(status, detail); };
    }
    service.on_connection_closed = [this] { connection_closed(); };
    for (int i = 0; i < std::max(1, service.options.threads); ++i) loops.push_back(std::make_unique<Loop>());
    acceptor.emplace(listen(loops.front()->context, service.options));
    port = acceptor->local_endpoint().port();
  }

  ~Impl() { stop(); }

  void start(Handler handler) {
    service.handler = std::move(handler);
    accept();
    for (auto& loop : loops) {
      loop->tick();
      loop->thread = std::thread([loop = loop.get()] { loop->entrance->run_loop(); });
    }
  }

  /// On the first loop, as all that touches the acceptor.
  void accept() {
    if (!acceptor->is_open()) return;
    if (connection_count >= service.options.connections_max) {
      accept_paused = true;
      // One may have closed between the two lines above and seen no pause to end.
      if (connection_count >= service.options.connections_max || !accept_paused.exchange(false)) return;
    }
    Loop& loop = *loops[next_loop++ % loops.size()];
    acceptor->async_accept(loop.context, [this, &loop](const error_code& error, Socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return loops.front()->entrance->post_after(accept_retry_ms, [this] { accept(); });
      adopt(loop, std::move(socket));
      accept();
    });
  }

  void adopt(Loop& loop, Socket socket) {
    ++connection_count;
    auto connection =
        std::make_shared<Connection>(std::move(socket), service, loop.entrance, loop.connections);
    if (&loop == loops.front().get()) return connection->begin();
    loop.entrance->post([connection = std::move(connection)] { connection->begin(); });
  }

  void connection_closed() {
    const auto left = --connection_count;
    if (accept_paused.exchange(false)) loops.front()->entrance->post([this] { accept(); });
    if (left > 0 || !service.draining) return;
    const std::lock_guard lock(drained_mutex);
    drained.notify_all();
  }

  bool drain(std::chrono::milliseconds deadline) {
    service.draining = true;
    const bool running = loops.front()->thread.joinable();
    auto closed = std::make_shared<std::atomic<bool>>(!running);
    loops.front()->entrance->post([this, closed] {
      error_code error;
      acceptor->close(error);
      for (auto& loop : loops) {
        loop->entrance->post([loop = loop.get()] { loop->each([](Connection& each) { each.drain(); }); });
      }
      *closed = true;
      const std::lock_guard lock(drained_mutex);
      drained.notify_all();
    });
    bool in_time = false;
    {
      std::unique_lock lock(drained_mutex);
      in_time = drained.wait_for(lock, deadline, [&] { return *closed && connection_count == 0; });
    }
    stop();
    return in_time;
  }

  void stop() {
    for (auto& loop : loops) loop->context.stop();
    for (auto& loop : loops) {
      if (loop->thread.joinable()) loop->thread.join();
    }
    for (auto& loop : loops) loop->entrance->shut();
    // The threads have ended: what is left is cut from here, so that streams learn of it.
    for (auto& loop : loops) loop->each([](Connection& connection) { connection.close(); });
    error_code error;
    acceptor->close(error);
  }

  Service service;
  std::uint16_t port = 0;
  std::atomic<std::size_t> connection_count = 0;
  std::atomic<bool> accept_paused = false;
  std::size_t next_loop = 0;
  std::mutex drained_mutex;
  std::condition_variable drained;
  std::vector<std::unique_ptr<Loop>> loops;
  std::optional<tcp::acceptor> acceptor;
};

Response plain_problem(int status, std::string_view detail) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = R"({"type":"about:blank","title":")" + std::string(reason_phrase(status)) +
                  R"(","status":)" + std::to_string(status) + R"(,"detail":")";
  for (const char c : detail) {
    if (c == '"' || c == '\\') response.body.push_back('\\');
    response.body.push_back(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
  }
  response.body.append("\"}");
  return response;
}

Server::Server(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Server::~Server() = default;

std::uint16_t Server::port() const noexcept { return impl_->port; }
void Server::start(Handler handler) { impl_->start(std::move(handler)); }
bool Server::drain(std::chrono::milliseconds deadline) { return impl_->drain(deadline); }
std::size_t Server::connections() const noexcept { return impl_->connection_count; }
void Server::post(std::function<void()> fn) { impl_->loops.front()->entrance->post(std::move(fn)); }
void Server::post_after(std::chrono::milliseconds delay, std::function<void()> fn) {
  impl_->loops.front()->entrance->post_after(delay, std::move(fn));
}

}  // namespace daybook::http
