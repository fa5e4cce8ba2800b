#pragma once
// What can be listed of a read table: declared once a table, in query-service/routes/tables.cpp. SQL, parameters, cursors
// and OpenAPI come from it. Names stand in SQL only from here; what a caller sends is always a bound parameter.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/type_info.hpp"
#include "schemas/api/api.hpp"

namespace daybook::query {

// How a filter's words become a condition.
enum class FilterKind {
  words,        // one of the column's enumeration, several by commas
  id,           // a UUID, several by commas; `none` is unset
  text,         // equal
  since,        // column > time
  until,        // column < time
  flag,         // true or false
  full_text,    // websearch over the row's search document
  label,        // an issue that carries the label; repeatable, all of them
};

struct Filter {
  std::string_view parameter;
  std::string_view column;
  FilterKind kind{};
  std::string_view description;
};

struct SortKey {
  std::string_view name;       // as in sort=-updated_at
  std::string_view column;
  std::string_view type;       // SQL type, for the cursor's parameters
  bool nullable = false;
  bool collate_c = false;
};

// In what the row lies: hidden while that is deleted or hidden itself.
struct Container {
  std::string_view column;     // project_id
  std::string_view table;      // projects
};

// A column that reads as null while what it points at is gone.
struct Nulled {
  std::string_view column;
  std::string_view expression;  // SQL over alias t; `$schema` stands for the generation's schema
};

struct ListSpec {
  std::string_view table;
  const events::TypeInfo* row{};
  std::vector<Filter> filters;
  std::vector<SortKey> sorts;
  std::string_view default_sort;           // "-updated_at"
  std::vector<Container> containers;
  std::vector<Nulled> nulled;
  bool deletable = false;                  // has deleted_at: takes deleted=exclude|include|only
};

// The parameters every list of the table takes, for the route's declaration.
std::vector<api::Parameter> list_parameters(const ListSpec& spec);

// Which rows a list starts from, beside what the caller asks for: always the workspace, perhaps an issue. `sql` is a
// condition of its own in which `$value` stands for the value; without it the column equals the value.
struct Scope {
  std::string_view column;
  std::string value;
  std::string_view sql = "";
};

struct SqlQuery {
  std::string sql;
  std::vector<std::string> parameters;   // all as text, cast in the SQL
};

// A place in a list: the sort key values of a row.
struct Place {
  std::vector<std::optional<std::string>> values;   // in the order of the sort keys, the id last
  bool backwards = false;
};

struct ListRequest {
  const ListSpec* spec{};
  std::vector<Scope> scope;
  std::vector<std::pair<SortKey, bool>> order;      // key, descending; the id is added last
  std::vector<std::pair<const Filter*, std::string>> filters;
  std::string deleted = "exclude";
  std::string count;                                // "", "exact" or "estimate"
  std::size_t limit = api::page_limit_default;
  std::optional<Place> place;
};

// SELECT of one row more than the limit, in the order asked for (reversed when walking backwards). The sort keys follow
// the row's columns as text.
SqlQuery list_sql(const ListRequest& request, std::string_view schema);
SqlQuery count_sql(const ListRequest& request, std::string_view schema);
// One row by a column, under the same visibility.
SqlQuery one_sql(const ListSpec& spec, const std::vector<Scope>& scope, std::string_view schema, bool with_deleted);

// The columns of a row type, in the order of list_sql.
std::vector<const events::FieldInfo*> columns_of(const ListSpec& spec);

}  // namespace daybook::query
