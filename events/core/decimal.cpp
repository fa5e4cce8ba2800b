#include "events/core/decimal.hpp"

#include <algorithm>
#include <charconv>

#include "events/core/money.hpp"

namespace daybook::events {
namespace {

constexpr std::int64_t nanos_per_unit = 1'000'000'000;
constexpr int exponent_max = 1000;  // beyond it nothing but zero is within range

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits at the front, which are taken off.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

// What stands behind `e`, which is taken off too; nothing where it cannot be read.
std::optional<int> take_exponent(std::string_view& text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto digits = take_digits(text);
  if (digits.empty()) return std::nullopt;
  int exponent = exponent_max;
  std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  exponent = std::min(exponent, exponent_max);
  return negative ? -exponent : exponent;
}

// digits × 10^shift as a whole number; nothing where it is none or does not fit.
std::optional<std::int64_t> whole_number(std::string digits, int shift, bool negative) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return 0;
  for (; shift < 0; ++shift) {
    if (digits.back() != '0') return std::nullopt;
    digits.pop_back();
  }
  if (digits.size() + static_cast<std::size_t>(shift) > 19) return std::nullopt;  // of the largest of 64 bits
  digits.append(static_cast<std::size_t>(shift), '0');
  if (negative) digits.insert(digits.begin(), '-');
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  return value;
}

}  // namespace

std::string Decimal::text() const {
  const auto whole = nanos / nanos_per_unit, rest = nanos % nanos_per_unit;
  std::string out = nanos < 0 ? "-" : "";
  out += std::to_string(whole < 0 ? -whole : whole);
  if (rest == 0) return out;
  auto fraction = std::to_string(rest < 0 ? -rest : rest);
  fraction.insert(0, static_cast<std::size_t>(decimal_digits) - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return out + "." + fraction;
}

std::optional<Decimal> Decimal::parse(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const auto whole = take_digits(number);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  std::string_view fraction;
  if (number.starts_with('.')) {
    number.remove_prefix(1);
    fraction = take_digits(number);
    if (fraction.empty()) return std::nullopt;
  }
  const auto exponent = take_exponent(number);
  if (!exponent || !number.empty()) return std::nullopt;
  auto digits = std::string(whole) + std::string(fraction);
  const auto shift = decimal_digits + *exponent - static_cast<int>(fraction.size());
  const auto nanos = whole_number(std::move(digits), shift, negative);
  if (!nanos) return std::nullopt;
  return Decimal{*nanos};
}

Decimal quotient(std::int64_t dividend, std::int64_t divisor, int digits) {
  std::int64_t step = nanos_per_unit;  // nano-units of the last digit that is kept
  std::int64_t scale = 1;
  for (int i = 0; i < digits; ++i) {
    step /= 10;
    scale *= 10;
  }
  const auto steps = half_even(static_cast<__int128>(dividend) * scale, divisor);
  return Decimal{steps.value() * step};
}

}  // namespace daybook::events
