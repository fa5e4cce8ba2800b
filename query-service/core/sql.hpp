#pragma once
// SELECTs over the read tables, made from declarations: what is visible, filters, keyset pages, embedded things. Values are
// always bound.
#include <string>
#include <vector>

#include "query-service/core/list_request.hpp"
#include "query-service/core/viewer.hpp"

namespace daybook::query {

// Where a statement reads, and for whom: it finds nothing that is private to others.
struct Sight {
  std::string_view schema;
  const Viewer& viewer;
};

struct SqlQuery {
  std::string sql;
  std::vector<std::string> parameters;  // all as text, cast in the SQL
};

// The columns a SELECT brings: those to be shown, then, as plain text, those that something else needs.
struct Columns {
  std::vector<const events::FieldInfo*> shown;
  std::vector<std::string_view> keys;

  void need(std::string_view key);
  // Where a key stands among the keys; it must be there.
  std::size_t place_of(std::string_view key) const;
};

// The columns for what is shown: the keys are the id and those that the expansions look at.
Columns columns_for(const Shown& shown);

// One row more than the limit, in the order asked for (reversed when walking backwards).
SqlQuery list_sql(const ListRequest& request, const Columns& columns, const Sight& sight);
SqlQuery count_sql(const ListRequest& request, const Sight& sight);
// How many rows the planner expects, without counting: EXPLAIN's JSON.
SqlQuery estimate_sql(const ListRequest& request, const Sight& sight);
// One row; behind the columns a flag: whether a reference reads as null because what it points at is gone. `match` is a
// condition of its own in which $1 … stand for `parameters`.
SqlQuery one_sql(const Resource& resource, const Columns& columns, const Sight& sight, Deleted deleted, std::string match,
                 std::vector<std::string> parameters);
// Those of the ids that may be seen.
SqlQuery by_ids_sql(const Resource& resource, const Columns& columns, const Sight& sight, const std::string& owner,
                    const std::vector<std::string>& ids);
// The first ones that belong to each of the parents, the parent's id before the columns.
SqlQuery children_sql(const Child& child, const Columns& columns, const Sight& sight, const std::string& owner,
                      const std::vector<std::string>& parents);

// Hand-written SQL with the generation's schema in place of `$schema`, what time it is by the log's clock in place of `$now`, and
// something in place of another mark. A test's clock is as far ahead of the machine's as the read tables say.
std::string filled(std::string_view sql, std::string_view schema, std::string_view mark = "$schema", std::string_view by = "");

}  // namespace daybook::query
