#include "platform/postgres/pool.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace daybook::pg {

struct Pool::State {
  std::string url;
  PoolOptions options;
  mutable std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<Connection>> idle;
  std::size_t in_use = 0;
  std::uint64_t leases = 0;
  bool closed = false;

  /// Gives the place of a lease back, with its connection when that is still good.
  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex);
    --in_use;
    if (connection && !closed) idle.push_back(std::move(connection));
    returned.notify_one();
  }

  std::unique_ptr<Connection> connect() const {
    auto connection = std::make_unique<Connection>(url);
    if (options.on_connect) options.on_connect(*connection);
    return connection;
  }
};

namespace {

/// Null when the connection is of no more use.
std::unique_ptr<Connection> cleaned(std::unique_ptr<Connection> connection) noexcept {
  try {
    if (!connection->alive()) return nullptr;
    switch (connection->transaction_state()) {
      case TransactionState::idle:
        return connection;
      case TransactionState::open:
      case TransactionState::failed:
        connection->exec("ROLLBACK");
        return connection;
      case TransactionState::unknown:
        return nullptr;
    }
  } catch (const std::exception&) {
  }
  return nullptr;
}

}  // namespace

Pool::Pool(const std::string& url, PoolOptions options) : state_(std::make_shared<State>()) {
  state_->url = url;
  state_->options = std::move(options);
}

Pool::~Pool() {
  if (!state_) return;
  const std::lock_guard lock(state_->mutex);
  state_->closed = true;
  state_->idle.clear();
}

std::optional<Pool::Lease> Pool::lease(std::chrono::milliseconds timeout) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(state_->mutex);
    const auto has_place = [this] { return state_->in_use < state_->options.connections_max; };
    if (!state_->returned.wait_for(lock, timeout, has_place)) return std::nullopt;
    ++state_->in_use;
    ++state_->leases;
    if (!state_->idle.empty()) {
      connection = std::move(state_->idle.back());
      state_->idle.pop_back();
    }
  }
  // Connecting takes round trips, so it happens outside the lock while the place is already taken.
  try {
    if (!connection || !connection->alive()) connection = state_->connect();
  } catch (...) {
    state_->give_back(nullptr);
    throw;
  }
  return Lease(state_, std::move(connection));
}

std::size_t Pool::in_use() const {
  const std::lock_guard lock(state_->mutex);
  return state_->in_use;
}

std::size_t Pool::idle() const {
  const std::lock_guard lock(state_->mutex);
  return state_->idle.size();
}

std::uint64_t Pool::leases() const {
  const std::lock_guard lock(state_->mutex);
  return state_->leases;
}

Pool::Lease::Lease(std::shared_ptr<State> state, std::unique_ptr<Connection> connection)
    : state_(std::move(state)), connection_(std::move(connection)) {}

Pool::Lease& Pool::Lease::operator=(Lease&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  state_ = std::move(other.state_);
  connection_ = std::move(other.connection_);
  return *this;
}

Pool::Lease::~Lease() { give_back(); }

void Pool::Lease::give_back() noexcept {
  if (!connection_) return;
  state_->give_back(cleaned(std::move(connection_)));
}

}  // namespace daybook::pg
