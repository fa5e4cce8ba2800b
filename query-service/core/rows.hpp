#pragma once
// Rows on their way into a reply: the JSON as far as it is written, and the plain values that expansions, cursors and ETags
// look at. Independent of where the row was read.
#include <optional>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"
#include "query-service/core/sql.hpp"

namespace daybook::query {

struct Row {
  std::string json;                              // the object without its closing brace: something may follow
  std::vector<std::optional<std::string>> keys;  // in the order of Columns::keys
};

// Appends a member to an object that is being written.
void append_member(std::string_view name, std::string_view json, std::string& object);

pg::Result run_sql(pg::Connection& connection, const SqlQuery& query);
// The rows of a result whose columns stand from `first` on.
std::vector<Row> rows_of(const pg::Result& result, const Columns& columns, int first = 0);

}  // namespace daybook::query
