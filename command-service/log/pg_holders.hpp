#pragma once
// Whose an API key or an agent's token is, found in PostgreSQL by its digest: for a service that has no appender. Over a connection
// of its own; never writes. One thread at a time.
#include <memory>
#include <optional>
#include <string>

#include "events/core/key_ring.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

// The event that issued it, as far as it tells whose it is.
struct HeldSince {
  events::StreamId stream{};
  events::Position position{};
  std::optional<events::UserId> user;          // of an API key, whose id is the stream's
  std::optional<events::AgentTokenId> token;   // of an agent, whose id is the stream's
};

class PgHolders {
 public:
  PgHolders(std::string url, std::shared_ptr<const events::KeyRing> ring) : url_(std::move(url)), ring_(std::move(ring)) {}

  // Nothing where nobody has it, or not any more. Throws pg::Error where the database is away.
  std::optional<HeldSince> find(const std::string& digest);

 private:
  std::string url_;
  std::shared_ptr<const events::KeyRing> ring_;
  std::optional<pg::Connection> connection_;
};

}  // namespace daybook::log
