#pragma once

#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace daybook::pg {

/// One forward step. Numbers start anywhere above 0 and grow without holes. `sql` may hold several commands;
/// it runs inside one transaction, so it brings no BEGIN or COMMIT of its own.
struct Migration {
  int number = 0;
  std::string name;
  std::string sql;
};

/// The message is a sentence for the operator; nothing was changed by the refused step.
class MigrationRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Applies what `<schema>.migrations(number, name, sha256, applied_at)` does not record yet, each in its own
/// transaction, under an advisory lock so that several processes may start at once. Returns the numbers it
/// applied. Refuses a recorded step whose text has changed, and a database that is more than one step ahead
/// of `migrations` (one step ahead is a rolling upgrade in progress).
std::vector<int> migrate(Connection& connection, const std::string& schema,
                         std::span<const Migration> migrations);

/// Reads files named `NNNN_name.sql`, in order of number. Other files are ignored. Throws MigrationRefused
/// for a missing folder, a repeated number or a hole.
[[nodiscard]] std::vector<Migration> load_migrations(const std::filesystem::path& folder);

}  // namespace daybook::pg
