#pragma once
// Embedding: one query for each name and level, however many rows there are. What the viewer may not see is null, or is
// not among the children.
#include "query-service/core/rows.hpp"

namespace daybook::query {

// More rows would be embedded than one reply may hold.
struct TooManyEmbedded {
  std::string_view name;
};

// Appends what is asked for to rows that were read with columns_for.
[[nodiscard]] std::optional<TooManyEmbedded> embed(pg::Connection& connection, const Sight& sight, const std::string& owner,
                                                   const std::vector<Expansion>& expansions, const Columns& columns,
                                                   std::vector<Row>& rows);

}  // namespace daybook::query
