#pragma once
// Sums over the rows of a list, made as the list is: what is hidden from the caller is in no sum.
#include "query-service/core/sql.hpp"

namespace daybook::query {

// One row for each group, in the order of the columns that make it. `shown`: those columns, sums of whole numbers, and unset ones
// for whatever may be null and makes no group.
struct Sums {
  const events::TypeInfo* shown{};
  std::vector<std::string_view> by;  // columns; at least one
  std::size_t most = 0;              // groups
};

SqlQuery sums_sql(const ListRequest& request, const Sums& sums, const Sight& sight);

}  // namespace daybook::query
