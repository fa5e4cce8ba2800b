#include "projector/core/read_table.hpp"

#include <algorithm>
#include <map>

#include "projector/core/row_copy.hpp"
#include "projector/views/views.hpp"

namespace daybook::projector {
namespace {

constexpr std::int32_t create_lock_space = 0x64617963;   // "dayc"; the generation is the second key
constexpr std::size_t index_name_columns_bytes_max = 40;   // a name has 63 in all
constexpr const char* people_found_by[] = {"email", "username", "google_id"};   // what a view of another model names as unique

std::string_view column_type(const events::TypeInfo& type) {
  using events::Shape;
  switch (type.shape) {
    case Shape::boolean: return "boolean";
    case Shape::decimal:  // nano-units
    case Shape::integer: return "bigint";
    case Shape::number: return "double precision";
    case Shape::uuid: return "uuid";
    case Shape::instant: return "timestamptz";
    case Shape::date: return "date";
    case Shape::optional:
    case Shape::patch: return column_type(*type.inner);
    case Shape::json:
    case Shape::list:
    case Shape::map:
    case Shape::record: return "json";
    case Shape::string:
    case Shape::enumeration:
    case Shape::personal: return "text";
  }
  return "text";
}

// Of one table in one batch.
struct TableChanges {
  std::vector<std::string> old;                               // ids of rows that were there before
  std::vector<std::pair<text::Uuid, const void*>> rows;
};

std::string table_ddl(const Table& table, const std::string& schema) {
  std::string out = "CREATE TABLE IF NOT EXISTS " + qualified(table, schema) + " (";
  for (const auto& field : table.row->fields)
    if (is_column(field)) out += std::string(field.name) + " " + std::string(column_type(*field.type)) + (field.name == "id" ? " PRIMARY KEY, " : ", ");
  if (table.name == "search")
    out += "tsv tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', text)) STORED, ";
  out.resize(out.size() - 2);
  return out + ");";
}

// `issues_workspace_id__number` over the column list `workspace_id, number`, or over a clause of its own.
std::string index_ddl(const Table& table, std::string_view columns, const std::string& schema) {
  std::string name = std::string(table.name) + "_";
  for (const char c : columns.substr(0, index_name_columns_bytes_max)) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  const bool is_clause = columns.starts_with('(') || columns.starts_with("USING");
  return "CREATE INDEX IF NOT EXISTS " + name + " ON " + qualified(table, schema) + " " +
         (is_clause ? std::string(columns) : "(" + std::string(columns) + ")") + ";";
}

// One at a time: two services that start together would both find nothing there. The lock ends with the one implicit transaction
// of what is run together with it.
std::string in_turn(int generation) {
  return "SET client_min_messages = warning; SELECT pg_advisory_xact_lock(" + std::to_string(create_lock_space) + ", " + std::to_string(generation) + ");";
}

}  // namespace

std::string checkpoint_channel(int generation) { return "daybook_" + schema_of(generation); }

void create_generation(pg::Connection& connection, int generation) {
  const auto schema = schema_of(generation);
  std::string ddl = in_turn(generation) + "CREATE SCHEMA IF NOT EXISTS " + schema + ";";
  for (const auto* table : all_tables()) ddl += table_ddl(*table, schema);
  ddl += "CREATE TABLE IF NOT EXISTS " + schema + ".people (user_id uuid PRIMARY KEY, email text, username text, full_name text, avatar text, google_id text);";
  ddl += "CREATE TABLE IF NOT EXISTS " + schema + ".audit_addresses (entry_id uuid PRIMARY KEY, subject uuid NOT NULL, address text);";
  // ANALYZE would keep samples of these columns in pg_statistic, where no erasure reaches them.
  for (const auto* column : {"email", "username", "full_name", "avatar", "google_id"})
    ddl += "ALTER TABLE " + schema + ".people ALTER COLUMN " + column + " SET STATISTICS 0;";
  ddl += "ALTER TABLE " + schema + ".audit_addresses ALTER COLUMN address SET STATISTICS 0;";
  ddl += "CREATE TABLE IF NOT EXISTS " + schema + ".checkpoint (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), position bigint NOT NULL, "
         "epoch bigint NOT NULL, log_id uuid, leaf bytea);";
  ddl += "INSERT INTO " + schema + ".checkpoint (position, epoch) VALUES (0, 0) ON CONFLICT DO NOTHING;";
  connection.exec(ddl);
}

void create_indexes(pg::Connection& connection, int generation) {
  create_shared_functions(connection);
  const auto schema = schema_of(generation);
  std::string ddl = in_turn(generation);
  for (const auto* table : all_tables())
    for (const auto columns : table->read_indexes) ddl += index_ddl(*table, columns, schema);
  for (const std::string name : people_found_by)
    ddl += "CREATE INDEX IF NOT EXISTS people_" + name + " ON " + schema + ".people (" + name + ");";
  connection.exec(ddl);
}

void drop_generation(pg::Connection& connection, int generation) {
  connection.exec("SET client_min_messages = warning; DROP SCHEMA IF EXISTS " + schema_of(generation) + " CASCADE");
}

// What was there and has changed or gone is deleted, then every row is copied in as it stands: a changed row would be a new
// version under every index anyway, and COPY is the cheapest way in.
void write_changes(pg::Connection& connection, int generation, const Changes& changes, Before before) {
  const auto schema = schema_of(generation);
  std::map<const Table*, TableChanges> tables;
  for (const auto& [at, change] : changes) {
    auto& table = tables[at.table];
    if (!change.is_new || before == Before::unknown) table.old.push_back(at.id.text());
    if (change.row) table.rows.emplace_back(at.id, change.row.get());
  }
  for (auto& [table, work] : tables) {
    if (!work.old.empty())
      connection.exec_prepared("DELETE FROM " + qualified(*table, schema) + " WHERE id = ANY($1::uuid[])", pg::Params().text_array(work.old));
    std::sort(work.rows.begin(), work.rows.end());
    auto row = work.rows.begin();
    if (row != work.rows.end()) copy_rows(connection, *table, schema, [&] { return row == work.rows.end() ? nullptr : (row++)->second; });
  }
}

}  // namespace daybook::projector
