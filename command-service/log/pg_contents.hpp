#pragma once
// What lies in a stream, as the log has it at this moment: for whoever must act on all of it and cannot wait for read models. Over a
// connection of its own; never writes. One thread at a time.
#include <optional>
#include <string>
#include <vector>

#include "events/core/envelope.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class PgContents {
 public:
  explicit PgContents(std::string url) : url_(std::move(url)) {}

  // Those of the type that are not deleted, at most so many, in no order. Throws pg::Error where the database is away. Reads
  // through all streams there are.
  std::vector<events::StreamId> find(events::StreamType type, events::StreamId container, std::size_t max);

 private:
  std::string url_;
  std::optional<pg::Connection> connection_;
};

}  // namespace daybook::log
