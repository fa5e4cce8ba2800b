#pragma once
// Reads the log from PostgreSQL over a connection of its own; never writes. Hears of new events by LISTEN and
// looks by itself as well, so a lost notification costs at most one poll interval. A restore cuts every session, so each
// new one is held against what was read before it. One thread at a time.
#include <optional>
#include <string>

#include "events/log_reader.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class PgReader final : public events::LogReader {
 public:
  static constexpr int poll_interval_ms = 1000;

  // Connects at the first call, so that a service may start before its database.
  explicit PgReader(std::string url) : url_(std::move(url)) {}

  events::LogIdentity identity() override;
  events::Position head() override;
  std::vector<events::Envelope> read(events::Position after, std::size_t events_max,
                                     std::size_t bytes_max) override;
  events::Position wait_beyond(events::Position after, int timeout_ms) override;
  std::optional<crypto::Digest> leaf_at(events::Position position) override;

 private:
  struct Read {
    events::Position position{};
    crypto::Digest leaf{};
  };

  template <class Work>
  auto attempt(Work work);
  void connect();
  events::Position current_head(pg::Connection& connection) const;

  std::string url_;
  std::optional<pg::Connection> connection_;
  std::optional<events::LogIdentity> identity_;  // of the log that is read
  std::optional<Read> last_read_;                // which it holds, as long as it is the same
};

}  // namespace daybook::log
