#include "platform/sqlite/database.hpp"

#include <sqlite3.h>

#include <charconv>

namespace daybook::sqlite {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

[[noreturn]] void raise(sqlite3* database, const std::string& what) {
  throw Error(what + ": " + (database == nullptr ? "out of memory" : sqlite3_errmsg(database)));
}

Statement prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()) + 1, &made, nullptr) != SQLITE_OK)
    raise(database, "SQLite does not understand a question");
  return Statement(made);
}

// SQLite writes a REAL with 15 digits, which does not tell every number from its neighbours.
std::string digits_of(double number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

std::optional<std::string> cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return std::nullopt;
    case SQLITE_FLOAT:
      return digits_of(sqlite3_column_double(statement, column));
    default:
      break;
  }
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

}  // namespace

struct Database::Impl {
  Handle handle;
};

std::string quote_identifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

Database::Database(const std::string& path) : impl_(std::make_unique<Impl>()) {
  sqlite3* opened = nullptr;
  const auto code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
  impl_->handle.reset(opened);
  if (code != SQLITE_OK) raise(opened, "'" + path + "' cannot be opened");
  sqlite3_busy_timeout(opened, busy_timeout_ms);
  // The first question within the transaction fixes what all later ones see, and tells whether the file is a database at all.
  for (const auto* sql : {"BEGIN", "SELECT count(*) FROM sqlite_master"})
    if (sqlite3_exec(opened, sql, nullptr, nullptr, nullptr) != SQLITE_OK) raise(opened, "'" + path + "' cannot be read");
}

Database::~Database() = default;

std::vector<std::string> Database::columns(const std::string& sql) {
  const auto statement = prepare(impl_->handle.get(), sql);
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) names.emplace_back(sqlite3_column_name(statement.get(), i));
  return names;
}

void Database::read(const std::string& sql, const std::vector<std::string>& parameters,
                    const std::function<void(const Cells&)>& visit) {
  const auto statement = prepare(impl_->handle.get(), sql);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (sqlite3_bind_text(statement.get(), static_cast<int>(i) + 1, parameters[i].data(), static_cast<int>(parameters[i].size()), SQLITE_TRANSIENT) != SQLITE_OK)
      raise(impl_->handle.get(), "SQLite refuses a parameter");
  const int columns = sqlite3_column_count(statement.get());
  Cells cells;
  for (;;) {
    const auto code = sqlite3_step(statement.get());
    if (code == SQLITE_DONE) return;
    if (code != SQLITE_ROW) raise(impl_->handle.get(), "SQLite stopped in the middle of a table");
    cells.clear();
    for (int i = 0; i < columns; ++i) cells.push_back(cell_of(statement.get(), i));
    visit(cells);
  }
}

}  // namespace daybook::sqlite
