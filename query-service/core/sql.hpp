#pragma once
// SELECTs over the read tables, made from declarations: what is visible, filters, keyset pages, embedded things. Values are
// always bound.
#include <string>
#include <vector>

#include "query-service/core/columns.hpp"
#include "query-service/core/list_request.hpp"
#include "query-service/core/statement.hpp"

namespace daybook::query {

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

}  // namespace daybook::query
