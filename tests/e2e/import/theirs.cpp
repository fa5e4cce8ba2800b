#include "tests/e2e/import/theirs.hpp"

#include <sqlite3.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/postgres/connection.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test {
namespace {

std::string fixture(const std::string& model) {
  std::ifstream file("tests/fixtures/import/" + model + ".sql");
  if (!file) throw std::runtime_error("no fixture of " + model);
  std::ostringstream sql;
  sql << file.rdbuf();
  return sql.str();
}

}  // namespace

std::string theirs_in_postgres(const std::string& model) {
  const auto url = PostgresServer::shared().fresh_database();
  pg::Connection(url).exec(fixture(model));
  return url;
}

std::string theirs_in_sqlite(const std::string& model, const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  const bool opened = sqlite3_open(file.c_str(), &database) == SQLITE_OK;
  const bool filled = opened && sqlite3_exec(database, fixture(model).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  const std::string why = sqlite3_errmsg(database);
  sqlite3_close(database);
  if (!filled) throw std::runtime_error("SQLite refuses the fixture of " + model + ": " + why);
  return "sqlite:" + file.string();
}

}  // namespace daybook::test
