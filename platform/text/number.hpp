#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace daybook::text {

/// Of ASCII.
constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// The number that the whole text is in decimal, without spaces or a plus sign; nothing where it is none or does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> read_number(std::string_view text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace daybook::text
