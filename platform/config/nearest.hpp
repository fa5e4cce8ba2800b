#pragma once
// For a name that is not known: the one that was probably meant.
#include <optional>
#include <span>
#include <string_view>

namespace daybook::config {

// The known name with the fewest insertions, deletions and replacements; nothing where even that is another word altogether.
std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace daybook::config
