#include "compose/daybook/import/models/source.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "platform/postgres/connection.hpp"
#include "platform/sqlite/database.hpp"

namespace daybook::importer::models {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr int rows_fetched = 500;   // at once, of PostgreSQL

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

// Databases differ in what they make of the case of a name that nobody quoted.
std::optional<std::size_t> place_of(const std::vector<std::string>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return same_but_for_case(column, name); });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

using Cells = std::vector<std::optional<std::string>>;

class CellRow final : public SourceRow {
 public:
  CellRow(const std::vector<std::string>& columns, const Cells& cells) : columns_(columns), cells_(cells) {}

  bool has(std::string_view column) const override { return place_of(columns_, column).has_value(); }
  std::optional<std::string> get(std::string_view column) const override {
    const auto place = place_of(columns_, column);
    return place ? cells_[*place] : std::nullopt;
  }
  std::size_t bytes() const override {
    std::size_t bytes = 0;
    for (const auto& cell : cells_) bytes += cell ? cell->size() : 0;
    return bytes;
  }
  std::string text() const override {
    std::string out;
    for (const auto& cell : cells_) out += cell ? std::to_string(cell->size()) + ":" + *cell : "-";
    return out;
  }

 private:
  const std::vector<std::string>& columns_;
  const Cells& cells_;
};

template <class Quote>
std::string order_by(const std::vector<std::string>& columns, const std::vector<std::string>& order, Quote quote) {
  std::string sql;
  for (const auto& wanted : order) {
    const auto place = place_of(columns, wanted);
    if (!place) continue;
    const auto name = quote(columns[*place]);
    sql += (sql.empty() ? " ORDER BY " : ", ") + name + " IS NULL, " + name;
  }
  return sql;
}

class PgSource final : public Source {
 public:
  explicit PgSource(const std::string& url) : connection_(url) {
    // One snapshot for all tables; times in UTC, as text that says so.
    connection_.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    connection_.exec("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1");
  }

  bool has(std::string_view table) override {
    return !connection_.exec("SELECT to_regclass($1)", pg::Params{}.text(pg::quote_identifier(table))).is_null(0, 0);
  }
  std::int64_t count(std::string_view table) override {
    return connection_.exec("SELECT count(*) FROM " + pg::quote_identifier(table)).int64(0, 0);
  }
  void read(std::string_view table, const std::vector<std::string>& order, const Visit& visit) override {
    const auto select = "SELECT * FROM " + pg::quote_identifier(table);
    const auto columns = columns_of(connection_.exec(select + " LIMIT 0"));
    const auto cursor = "daybook_import_" + std::to_string(++cursors_);
    connection_.exec("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + select + order_by(columns, order, pg::quote_identifier));
    for (;;) {
      const auto page = connection_.exec("FETCH FORWARD " + std::to_string(rows_fetched) + " FROM " + cursor);
      for (int row = 0; row < page.rows(); ++row) show(page, row, columns, visit);
      if (page.rows() < rows_fetched) break;
    }
    connection_.exec("CLOSE " + cursor);
  }

 private:
  static std::vector<std::string> columns_of(const pg::Result& result) {
    std::vector<std::string> names;
    for (int i = 0; i < result.columns(); ++i) names.emplace_back(result.column_name(i));
    return names;
  }
  static void show(const pg::Result& page, int row, const std::vector<std::string>& columns, const Visit& visit) {
    Cells cells;
    for (int i = 0; i < page.columns(); ++i) cells.push_back(page.optional_text(row, i));
    visit(CellRow(columns, cells));
  }

  pg::Connection connection_;
  int cursors_ = 0;
};

class SqliteSource final : public Source {
 public:
  explicit SqliteSource(const std::string& file) : database_(file) {}

  bool has(std::string_view table) override {
    bool found = false;
    database_.read("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?", {std::string(table)},
                   [&](const sqlite::Cells&) { found = true; });
    return found;
  }
  std::int64_t count(std::string_view table) override {
    std::int64_t rows = 0;
    database_.read("SELECT count(*) FROM " + sqlite::quote_identifier(table), {}, [&](const sqlite::Cells& cells) { rows = std::stoll(cells.at(0).value()); });
    return rows;
  }
  void read(std::string_view table, const std::vector<std::string>& order, const Visit& visit) override {
    const auto select = "SELECT * FROM " + sqlite::quote_identifier(table);
    const auto columns = database_.columns(select);
    database_.read(select + order_by(columns, order, sqlite::quote_identifier), {},
                   [&](const sqlite::Cells& cells) { visit(CellRow(columns, cells)); });
  }

 private:
  sqlite::Database database_;
};

}  // namespace

std::unique_ptr<Source> open_source(const std::string& from) {
  if (from.starts_with(sqlite_scheme)) {
    auto file = from.substr(sqlite_scheme.size());
    // As SQLAlchemy writes it: sqlite:///relative, sqlite:////absolute.
    if (file.starts_with("///")) file = file.substr(3);
    return std::make_unique<SqliteSource>(file);
  }
  if (from.starts_with("postgresql") || from.starts_with("postgres:")) return std::make_unique<PgSource>(from);
  throw std::invalid_argument("'" + from + "' is no database that can be read: expected postgresql://… or sqlite:FILE.");
}

}  // namespace daybook::importer::models
