#include "query-service/core/columns.hpp"

#include <algorithm>

namespace daybook::query {

void Columns::need(std::string_view key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

std::size_t Columns::place_of(std::string_view key) const {
  return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
}

Columns columns_for(const Shown& shown) {
  Columns columns{shown.fields, {"id"}};
  for (const auto& expansion : shown.expansions) {
    if (!expansion.reference) continue;
    columns.need(expansion.reference->column);
    if (!expansion.reference->type_column.empty()) columns.need(expansion.reference->type_column);
  }
  return columns;
}

}  // namespace daybook::query
