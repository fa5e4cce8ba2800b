#pragma once

#include <filesystem>
#include <string>

namespace daybook::test {

/// A database of the fixture's model in PostgreSQL, and its address. It goes with the test's server.
[[nodiscard]] std::string theirs_in_postgres(const std::string& model);

/// The same in a file of SQLite, as `--from` names it.
[[nodiscard]] std::string theirs_in_sqlite(const std::string& model, const std::filesystem::path& file);

}  // namespace daybook::test
