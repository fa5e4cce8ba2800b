#pragma once
// What is shown in place of a value that stands sealed in the log and is proved by use, never by being read.
#include <string_view>

namespace daybook::events {

inline constexpr std::string_view sealed_mark = "[sealed]";

}  // namespace daybook::events
