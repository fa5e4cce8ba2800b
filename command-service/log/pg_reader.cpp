#include "command-service/log/pg_reader.hpp"

#include <algorithm>
#include <chrono>

#include "command-service/log/pg_rows.hpp"

namespace daybook::log {

using events::Envelope;
using events::Position;

template <class Work>
auto PgReader::attempt(Work work) {
  try {
    if (connection_ && !connection_->alive()) connection_.reset();
    if (!connection_) {
      pg::Connection connection(url_);
      prepare_session(connection);
      connection.exec("SET default_transaction_read_only = on");
      connection.listen(log_channel);
      connection_.emplace(std::move(connection));
    }
    return work(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    connection_.reset();
    throw events::LogUnavailable(lost.what());
  }
}

events::LogIdentity PgReader::identity() { return attempt(select_identity); }

Position PgReader::head() { return attempt(select_head_position); }

std::vector<Envelope> PgReader::read(Position after, std::size_t events_max, std::size_t bytes_max) {
  return attempt(
      [&](pg::Connection& connection) { return select_events(connection, after, events_max, bytes_max); });
}

std::optional<crypto::Digest> PgReader::leaf_at(Position position) {
  return attempt([&](pg::Connection& connection) { return select_leaf(connection, position); });
}

Position PgReader::wait_beyond(Position after, int timeout_ms) {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + milliseconds(timeout_ms);
  return attempt([&](pg::Connection& connection) {
    for (;;) {
      const auto head = select_head_position(connection);
      const auto left = duration_cast<milliseconds>(deadline - steady_clock::now()).count();
      if (head > after || left <= 0) return head;
      (void)connection.wait_notify(static_cast<int>(std::min<std::int64_t>(left, poll_interval_ms)));
      // One look at the head answers whatever has queued up.
      while (connection.wait_notify(0)) {
      }
    }
  });
}

}  // namespace daybook::log
