#include "platform/postgres/migrations.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "platform/postgres/transaction.hpp"

namespace daybook::pg {
namespace {

struct Recorded {
  std::string name;
  std::string sha256;
};

/// Held for the whole run by one process; others wait. Ends with the session if the process dies.
class AdvisoryLock {
 public:
  AdvisoryLock(Connection& connection, std::string_view schema)
      : connection_(connection), name_("daybook.migrations." + std::string(schema)) {
    connection_.exec("SELECT pg_advisory_lock(hashtextextended($1, 0))", Params().text(name_));
  }
  AdvisoryLock(const AdvisoryLock&) = delete;
  AdvisoryLock& operator=(const AdvisoryLock&) = delete;
  ~AdvisoryLock() {
    try {
      connection_.exec("SELECT pg_advisory_unlock(hashtextextended($1, 0))", Params().text(name_));
    } catch (const std::exception&) {
      // The lock ends with the session.
    }
  }

 private:
  Connection& connection_;
  std::string name_;
};

std::string label(int number, const std::string& name) {
  auto digits = std::to_string(number);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return digits + "_" + name;
}

void check_numbers(std::span<const Migration> migrations) {
  for (std::size_t i = 1; i < migrations.size(); ++i) {
    if (migrations[i].number == migrations[i - 1].number + 1) continue;
    throw MigrationRefused("Migration " + label(migrations[i].number, migrations[i].name) +
                           " does not follow " + label(migrations[i - 1].number, migrations[i - 1].name) +
                           ": numbers must grow one by one.");
  }
}

std::map<int, Recorded> read_recorded(Connection& connection, const std::string& table) {
  std::map<int, Recorded> recorded;
  const auto rows = connection.exec("SELECT number, name, encode(sha256, 'hex') FROM " + table);
  for (int row = 0; row < rows.rows(); ++row) {
    recorded[static_cast<int>(rows.int64(row, 0))] = {rows.text(row, 1), rows.text(row, 2)};
  }
  return recorded;
}

std::string sha256(Connection& connection, const std::string& sql) {
  return connection.exec("SELECT encode(sha256($1), 'hex')", Params().bytea(sql)).text(0, 0);
}

void check_not_ahead(const std::map<int, Recorded>& recorded, std::span<const Migration> migrations) {
  if (recorded.empty() || migrations.empty()) return;
  const auto& [number, newest] = *recorded.rbegin();
  if (number <= migrations.back().number + 1) return;
  throw MigrationRefused("This database was made by a newer Daybook: it stands at migration " +
                         label(number, newest.name) + ", this program knows up to " +
                         label(migrations.back().number, migrations.back().name) +
                         ". Start the newer program.");
}

void check_unchanged(const Migration& migration, const Recorded& recorded, const std::string& hash) {
  if (recorded.sha256 == hash && recorded.name == migration.name) return;
  throw MigrationRefused("Migration " + label(migration.number, recorded.name) +
                         " was applied to this database with another text than this program brings. A "
                         "migration never changes after it was applied: add a new one.");
}

void apply(Connection& connection, const std::string& table, const Migration& migration) {
  Transaction transaction(connection);
  connection.exec(migration.sql);
  connection.exec("INSERT INTO " + table + " (number, name, sha256) VALUES ($1, $2, sha256($3))",
                  Params().int64(migration.number).text(migration.name).bytea(migration.sql));
  transaction.commit();
}

}  // namespace

std::vector<int> migrate(Connection& connection, const std::string& schema,
                         std::span<const Migration> migrations) {
  check_numbers(migrations);
  const AdvisoryLock lock(connection, schema);
  const auto table = quote_identifier(schema) + ".migrations";
  connection.exec("CREATE SCHEMA IF NOT EXISTS " + quote_identifier(schema));
  connection.exec("CREATE TABLE IF NOT EXISTS " + table +
                  " (number int PRIMARY KEY, name text NOT NULL, sha256 bytea NOT NULL, "
                  "applied_at timestamptz NOT NULL DEFAULT clock_timestamp())");
  const auto recorded = read_recorded(connection, table);
  check_not_ahead(recorded, migrations);
  std::vector<int> applied;
  for (const Migration& migration : migrations) {
    const auto known = recorded.find(migration.number);
    if (known != recorded.end()) {
      check_unchanged(migration, known->second, sha256(connection, migration.sql));
      continue;
    }
    apply(connection, table, migration);
    applied.push_back(migration.number);
  }
  return applied;
}

std::vector<Migration> load_migrations(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) {
    throw MigrationRefused("The folder of migrations " + folder.string() + " is not there.");
  }
  static const std::regex pattern("([0-9]{4})_([A-Za-z0-9_-]+)\\.sql");
  std::vector<Migration> migrations;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = entry.path().filename().string();
    std::smatch match;
    if (!std::regex_match(file, match, pattern)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw MigrationRefused("The migration " + entry.path().string() + " cannot be read.");
    migrations.push_back({std::stoi(match[1]), match[2], text.str()});
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const Migration& a, const Migration& b) { return a.number < b.number; });
  check_numbers(migrations);
  return migrations;
}

}  // namespace daybook::pg
