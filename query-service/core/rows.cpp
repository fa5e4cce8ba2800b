#include "query-service/core/rows.hpp"

#include "query-service/core/row_json.hpp"

namespace daybook::query {

void append_member(std::string_view name, std::string_view json, std::string& object) {
  if (object.size() > 1) object += ',';
  object += '"';
  object += name;
  object += "\":";
  object += json;
}

pg::Result run_sql(pg::Connection& connection, const SqlQuery& query) {
  pg::Params params;
  for (const auto& parameter : query.parameters) params.text(parameter);
  return connection.exec_prepared(query.sql, params);
}

std::vector<Row> rows_of(const pg::Result& result, const Columns& columns, int first) {
  std::vector<Row> rows(static_cast<std::size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) {
    auto& row = rows[static_cast<std::size_t>(i)];
    int at = first;
    row.json = "{";
    for (const auto* field : columns.shown) {
      append_member(field->name, "", row.json);
      append_column(*field->type, result.get(i, at++), row.json);
    }
    for (std::size_t k = 0; k < columns.keys.size(); ++k) row.keys.push_back(result.optional_text(i, at++));
  }
  return rows;
}

}  // namespace daybook::query
