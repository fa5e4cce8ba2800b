#include "events/core/money.hpp"

#include <limits>

namespace daybook::events {

std::optional<std::int64_t> half_even(__int128 dividend, std::int64_t divisor) {
  auto quotient = dividend / divisor;
  const auto rest = dividend % divisor;
  const auto twice = 2 * (rest < 0 ? -rest : rest);
  const bool odd = quotient % 2 != 0;
  if (twice > divisor || (twice == divisor && odd)) quotient += dividend < 0 ? -1 : 1;
  using Limits = std::numeric_limits<std::int64_t>;
  if (quotient < Limits::min() || quotient > Limits::max()) return std::nullopt;
  return static_cast<std::int64_t>(quotient);
}

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
  std::int64_t total = 0;
  if (__builtin_add_overflow(a, b, &total)) return std::nullopt;
  return total;
}

std::optional<Decimal> sum(Decimal a, Decimal b) {
  const auto nanos = sum(a.nanos, b.nanos);
  return nanos ? std::optional(Decimal{*nanos}) : std::nullopt;
}

std::optional<Decimal> Bill::total(std::int64_t units_priced) const {
  const auto nanos = half_even(total_, units_priced);
  if (!nanos) return std::nullopt;
  return Decimal{*nanos};
}

}  // namespace daybook::events
