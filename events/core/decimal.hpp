#pragma once
// An exact decimal number: amounts of money, whose currency stands in a field beside them, and hours. Inside it is a count
// of nano-units, outside a JSON number with its exact digits.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::events {

inline constexpr int decimal_digits = 9;  // behind the point

struct Decimal {
  std::int64_t nanos = 0;
  friend auto operator<=>(const Decimal&, const Decimal&) = default;
  friend bool operator==(const Decimal&, const Decimal&) = default;

  // As JSON writes it, without zeros that say nothing: 12.5
  std::string text() const;
  // Reads a JSON number. Nothing where it is none, has more digits behind the point than are kept, or is too large.
  static std::optional<Decimal> parse(std::string_view number);
};

// dividend ÷ divisor, rounded to that many digits behind the point, ties to the even one. The divisor is above 0, the
// quotient within what a Decimal holds.
Decimal quotient(std::int64_t dividend, std::int64_t divisor, int digits);

}  // namespace daybook::events
