#pragma once
// The read tables that are served, for those in the command service who ask them: where they are and how far. A base of such askers;
// reconnects with the next question after an outage. One thread at a time.
#include <optional>
#include <string>

#include "events/core/id.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::app {

class ServedTables {
 public:
  explicit ServedTables(std::string database_url) : url_(std::move(database_url)) {}

 protected:
  ~ServedTables() = default;

  // Everything up to here is shown. Says which tables the next questions are put to, so it comes first; nothing where none are served.
  events::Position find_position();
  const std::string& schema() const { return schema_; }
  pg::Connection& session();

 private:
  std::string url_, schema_;
  std::optional<pg::Connection> session_;
};

}  // namespace daybook::app
