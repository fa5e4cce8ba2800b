#include "projector/core/read_table.hpp"

namespace daybook::projector {
namespace {

constexpr std::size_t upsert_bytes_max = 8 << 20;   // of one statement

std::string_view column_type(const events::TypeInfo& type) {
  using events::Shape;
  switch (type.shape) {
    case Shape::boolean: return "boolean";
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

bool is_column(const events::FieldInfo& field) { return field.type->shape != events::Shape::personal; }

std::string columns(const Table& table, std::string_view prefix) {
  std::string out;
  for (const auto& field : table.row->fields)
    if (is_column(field)) out += (out.empty() ? "" : ", ") + std::string(prefix) + std::string(field.name);
  return out;
}

std::string upsert_sql(const Table& table, const std::string& schema) {
  const auto qualified = schema + "." + std::string(table.name);
  std::string set;
  for (const auto& field : table.row->fields)
    if (is_column(field) && field.name != "id") set += (set.empty() ? "" : ", ") + std::string(field.name) + " = EXCLUDED." + std::string(field.name);
  return "INSERT INTO " + qualified + " (" + columns(table, "") + ") SELECT " + columns(table, "r.") +
         " FROM json_populate_recordset(null::" + qualified + ", $1::json) r ON CONFLICT (id) DO UPDATE SET " + set;
}

struct Pending {
  std::string rows = "[";
  std::vector<std::string> gone;
};

void flush_rows(pg::Connection& connection, const Table& table, const std::string& schema, std::string& rows) {
  if (rows.size() <= 1) return;
  rows += ']';
  connection.exec_prepared(upsert_sql(table, schema), pg::Params().text(rows));
  rows = "[";
}

}  // namespace

std::string schema_of(int generation) { return "read_g" + std::to_string(generation); }

std::string ddl_of(const Table& table, const std::string& schema) {
  const auto qualified = schema + "." + std::string(table.name);
  std::string out = "CREATE TABLE IF NOT EXISTS " + qualified + " (";
  for (const auto& field : table.row->fields)
    if (is_column(field)) out += std::string(field.name) + " " + std::string(column_type(*field.type)) + (field.name == "id" ? " PRIMARY KEY, " : ", ");
  if (table.name == "search")
    out += "tsv tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', text)) STORED, ";
  out.resize(out.size() - 2);
  out += ");";
  for (const auto columns : table.read_indexes) out += "CREATE INDEX IF NOT EXISTS " + std::string(table.name) + "_" + [&] {
      std::string name;
      for (const char c : columns) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
      return name.substr(0, 40);
    }() + " ON " + qualified + " " + (columns.front() == '(' || columns.substr(0, 5) == "USING" ? std::string(columns) : "(" + std::string(columns) + ")") + ";";
  return out;
}

void create_generation(pg::Connection& connection, int generation) {
  const auto schema = schema_of(generation);
  std::string ddl = "SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS " + schema + ";";
  for (const auto* table : all_tables()) ddl += ddl_of(*table, schema);
  ddl += "CREATE TABLE IF NOT EXISTS " + schema + ".people (user_id uuid PRIMARY KEY, email text, username text, full_name text, avatar text);";
  ddl += "CREATE TABLE IF NOT EXISTS " + schema + ".checkpoint (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), position bigint NOT NULL, "
         "epoch bigint NOT NULL, log_id uuid, leaf bytea);";
  ddl += "INSERT INTO " + schema + ".checkpoint (position, epoch) VALUES (0, 0) ON CONFLICT DO NOTHING;";
  connection.exec(ddl);
}

void drop_generation(pg::Connection& connection, int generation) {
  connection.exec("SET client_min_messages = warning; DROP SCHEMA IF EXISTS " + schema_of(generation) + " CASCADE");
}

void write_changes(pg::Connection& connection, int generation, const Changes& changes) {
  const auto schema = schema_of(generation);
  std::map<const Table*, Pending> pending;
  for (const auto& [key, row] : changes) {
    auto& table = pending[key.first];
    if (!row) {
      table.gone.push_back(key.second.text());
      continue;
    }
    if (table.rows.size() > 1) table.rows += ',';
    table.rows += *row;
    if (table.rows.size() > upsert_bytes_max) flush_rows(connection, *key.first, schema, table.rows);
  }
  for (auto& [table, work] : pending) {
    flush_rows(connection, *table, schema, work.rows);
    if (!work.gone.empty())
      connection.exec_prepared("DELETE FROM " + schema + "." + std::string(table->name) + " WHERE id = ANY($1::uuid[])", pg::Params().text_array(work.gone));
  }
}

}  // namespace daybook::projector
