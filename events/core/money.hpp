#pragma once
// Sums of money without a rounding error that nobody asked for. An amount is a Decimal, which counts nano-units of its currency's
// major unit; the currency (ISO 4217) stands beside it, and amounts of two currencies are never added. What does not fit is
// nothing, never another number.
#include "events/core/decimal.hpp"

namespace daybook::events {

// dividend ÷ divisor, ties to the even one; nothing where that does not fit. The divisor is above 0.
std::optional<std::int64_t> half_even(__int128 dividend, std::int64_t divisor);

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b);
std::optional<Decimal> sum(Decimal a, Decimal b);

// What so many units of each kind cost at a price for so many of them, rounded once, at the end.
class Bill {
 public:
  // `units` from 0 to below 2^60, of at most eight kinds, so that every sum fits; the price is 0 or more.
  void add(std::int64_t units, Decimal price) { total_ += static_cast<__int128>(units) * price.nanos; }
  std::optional<Decimal> total(std::int64_t units_priced) const;

 private:
  __int128 total_ = 0;  // nano-units × units
};

}  // namespace daybook::events
