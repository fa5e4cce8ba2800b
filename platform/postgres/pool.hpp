#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/postgres/connection.hpp"

namespace daybook::pg {

struct PoolOptions {
  std::size_t connections_max = 8;
  /// Runs once on every new connection (search_path, role, timeouts).
  std::function<void(Connection&)> on_connect = {};
};

/// A bounded set of connections, opened when needed. Any thread may lease. A connection that comes back
/// broken is thrown away and replaced at the next lease; one that comes back inside a transaction is rolled
/// back first. Leases may outlive the pool object; their connections then close.
class Pool {
 public:
  class Lease;

  explicit Pool(const std::string& url, PoolOptions options = {});
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool();

  /// nullopt when every connection stays in use for `timeout`. Throws ConnectionLost when a new connection
  /// cannot be made.
  [[nodiscard]] std::optional<Lease> lease(std::chrono::milliseconds timeout);

  [[nodiscard]] std::size_t in_use() const;
  [[nodiscard]] std::size_t idle() const;
  /// How often a connection was given out.
  [[nodiscard]] std::uint64_t leases() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The right to one connection until destruction; moved, never copied, one thread at a time.
class Pool::Lease {
 public:
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&& other) noexcept;
  ~Lease();

  Connection& operator*() noexcept { return *connection_; }
  Connection* operator->() noexcept { return connection_.get(); }

 private:
  friend class Pool;
  Lease(std::shared_ptr<State> state, std::unique_ptr<Connection> connection);
  void give_back() noexcept;

  std::shared_ptr<State> state_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace daybook::pg
