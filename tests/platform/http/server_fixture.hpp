#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "tests/platform/http/raw_client.hpp"

namespace daybook::http {

constexpr std::chrono::milliseconds patience_ms{5000};

/// A condition one thread sets and another waits for.
class Signal {
 public:
  void set() {
    const std::lock_guard lock(mutex_);
    is_set_ = true;
    changed_.notify_all();
  }
  [[nodiscard]] bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience_ms, [this] { return is_set_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_set_ = false;
};

/// A server on a free port.
struct ServerTest : testing::Test {
  /// Before the members of derived fixtures go, which handlers and callbacks refer to.
  void TearDown() override { server.reset(); }

  void serve(Handler handler, ServerOptions options = {}) {
    server = std::make_unique<Server>(std::move(options));
    server->start(std::move(handler));
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()); }
  [[nodiscard]] Client client() const { return Client(url()); }

  std::unique_ptr<Server> server;
};

inline Response text(std::string body) { return {.body = std::move(body), .content_type = "text/plain"}; }

/// Tells what it was asked.
inline void echo(Request request, const Respond& respond) {
  respond(text(request.method + " " + request.path + " " + request.body));
}

}  // namespace daybook::http
