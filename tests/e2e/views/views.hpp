#pragma once
// The four models' tables as PostgreSQL shows them.
#include <boost/json.hpp>
#include <map>
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
  /// The type of every column: platform.users.id.
  [[nodiscard]] std::map<std::string, std::string> types();
  /// The row of that id.
  [[nodiscard]] std::optional<boost::json::object> row(const std::string& view, const std::string& id);
  /// All rows as JSON text, sorted.
  [[nodiscard]] std::vector<std::string> rows(const std::string& view);

  /// As the role for reports sees them, with these workspaces.
  void become_reporter(const std::string& workspaces);
  void become_oneself();

 private:
  pg::Connection connection_;
};

}  // namespace daybook::test
