#pragma once
// Which columns a SELECT over the read tables brings, and where each stands.
#include <string_view>
#include <vector>

#include "query-service/core/shown.hpp"

namespace daybook::query {

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

}  // namespace daybook::query
