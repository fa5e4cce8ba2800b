#include "command-service/log/pg_reader.hpp"

#include <algorithm>
#include <chrono>

#include "command-service/log/pg_rows.hpp"

namespace daybook::log {

using events::Envelope;
using events::Position;

namespace {

[[noreturn]] void replaced() {
  throw events::LogReplaced(
      "The database no longer holds the log that was read here: it is another log or epoch, or was restored to an older "
      "point. After a restore, run `daybook doctor --after-restore`, then `daybook rebuild`.");
}

// One look at the head answers whatever has queued up.
void take_notifications(pg::Connection& connection) {
  while (connection.wait_notify(0)) {
  }
}

}  // namespace

void PgReader::connect() {
  pg::Connection connection(url_);
  prepare_session(connection);
  connection.exec("SET default_transaction_read_only = on");
  const auto found = select_identity(connection);
  if (identity_ && *identity_ != found) replaced();
  if (last_read_ && select_leaf(connection, last_read_->position) != last_read_->leaf) replaced();
  identity_ = found;
  connection_.emplace(std::move(connection));
}

template <class Work>
auto PgReader::attempt(Work work) {
  try {
    if (connection_ && !connection_->alive()) connection_.reset();
    if (!connection_) connect();
    return work(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    connection_.reset();
    throw events::LogUnavailable(lost.what());
  }
}

events::LogIdentity PgReader::identity() {
  identity_.reset();
  last_read_.reset();
  return attempt([this](pg::Connection& connection) {
    identity_ = select_identity(connection);
    return *identity_;
  });
}

Position PgReader::current_head(pg::Connection& connection) const {
  const auto standing = select_standing(connection);
  if (standing.epoch != identity_->epoch) replaced();
  return standing.head;
}

Position PgReader::head() {
  return attempt([this](pg::Connection& connection) { return current_head(connection); });
}

std::vector<Envelope> PgReader::read(Position after, std::size_t events_max, std::size_t bytes_max) {
  auto events = attempt(
      [&](pg::Connection& connection) { return select_events(connection, after, events_max, bytes_max); });
  if (!events.empty()) last_read_ = Read{events.back().position, events.back().leaf};
  return events;
}

std::optional<crypto::Digest> PgReader::leaf_at(Position position) {
  return attempt([&](pg::Connection& connection) { return select_leaf(connection, position); });
}

// Listens only while it waits: to whoever listens and takes nothing the server writes until nothing more goes into the socket. Its process
// then hangs there, which holds up the server's queue of notifications and every DROP DATABASE.
Position PgReader::wait_beyond(Position after, int timeout_ms) {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + milliseconds(timeout_ms);
  return attempt([&](pg::Connection& connection) {
    auto head = current_head(connection);
    if (head > after || timeout_ms <= 0) return head;
    connection.listen(log_channel);
    for (;;) {
      head = current_head(connection);
      const auto left = duration_cast<milliseconds>(deadline - steady_clock::now()).count();
      if (head > after || left <= 0) break;
      (void)connection.wait_notify(static_cast<int>(std::min<std::int64_t>(left, poll_interval_ms)));
      take_notifications(connection);
    }
    connection.exec("UNLISTEN *");
    take_notifications(connection);
    return head;
  });
}

}  // namespace daybook::log
