#pragma once
// The four models' tables as PostgreSQL shows them.
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace daybook::test {

class Views {
 public:
  explicit Views(const std::string& database_url);

  /// Every view of the four schemas: platform.users.
  [[nodiscard]] std::vector<std::string> names();
  /// The row of that id.
  [[nodiscard]] std::optional<boost::json::object> row(const std::string& view, const std::string& id);
  /// All rows as JSON text, sorted.
  [[nodiscard]] std::vector<std::string> rows(const std::string& view);

  /// Whether there is a role for reports; the database's own may not be one that makes it.
  [[nodiscard]] bool have_reporters();
  /// As that role sees them, with these workspaces.
  void become_reporter(const std::string& workspaces);
  void become_oneself();
  /// From now on everything is shown as it is at this moment.
  void stand_still();

 private:
  pg::Connection connection_;
};

}  // namespace daybook::test
