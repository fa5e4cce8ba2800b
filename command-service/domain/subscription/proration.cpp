#include "command-service/domain/subscription/proration.hpp"

#include <algorithm>
#include <limits>

namespace daybook::domain::subscription {
namespace {

using events::Decimal;
using events::subscription::Charge;
using events::subscription::Stretch;

using Wide = __int128;  // of products of nano-units with microseconds or nano-units

constexpr std::int64_t nanos_per_unit = 1'000'000'000;

// Of what is not below 0.
Wide half_to_even(Wide dividend, Wide divisor) {
  auto steps = dividend / divisor;
  const auto twice = 2 * (dividend % divisor);
  if (twice > divisor || (twice == divisor && steps % 2 != 0)) ++steps;
  return steps;
}

// A charge before it is rounded: price × length, in nano-units × microseconds.
struct Part {
  Charge charge;
  Wide weight = 0;
  Wide rest = 0;  // of the weight, in parts of the period, which rounding down leaves out
};

std::vector<Part> parts_of(const std::vector<Stretch>& stretches, text::Instant start, text::Instant until) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const auto from = std::max(stretches[i].from, start);
    const auto to = std::min(i + 1 < stretches.size() ? stretches[i + 1].from : until, until);
    if (from >= to) continue;
    parts.push_back({{stretches[i].plan_id, stretches[i].price, from, to, {}}, static_cast<Wide>(stretches[i].price.nanos) * (to - from).count()});
  }
  return parts;
}

}  // namespace

text::Instant months_after(text::Instant anchor, std::int64_t months) {
  const auto day = std::chrono::floor<std::chrono::days>(anchor);
  const std::chrono::year_month_day date{day};
  const auto month = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{months};
  const auto last = std::chrono::year_month_day_last{month.year(), std::chrono::month_day_last{month.month()}};
  const auto same = std::min(date.day(), last.day());
  return std::chrono::sys_days{std::chrono::year_month_day{month.year(), month.month(), same}} + (anchor - day);
}

std::vector<Charge> prorated(const std::vector<Stretch>& stretches, text::Instant start, text::Instant end, text::Instant until) {
  auto parts = parts_of(stretches, start, std::min(end, until));
  const auto length = static_cast<Wide>((end - start).count());
  Wide weight = 0, given = 0;
  for (auto& part : parts) {
    weight += part.weight;
    part.charge.amount.nanos = static_cast<std::int64_t>(part.weight / length);
    part.rest = part.weight % length;
    given += part.charge.amount.nanos;
  }
  // Each is less than one nano-unit short, so that every part gets one more at most.
  auto left = half_to_even(weight, length) - given;
  std::vector<Part*> by_rest;
  for (auto& part : parts) by_rest.push_back(&part);
  std::stable_sort(by_rest.begin(), by_rest.end(), [](const auto* a, const auto* b) { return a->rest > b->rest; });
  for (auto* part : by_rest) {
    if (left <= 0) break;
    ++part->charge.amount.nanos;
    --left;
  }
  std::vector<Charge> charges;
  for (auto& part : parts) charges.push_back(part.charge);
  return charges;
}

std::optional<Decimal> cost_of(Decimal quantity, Decimal price, std::int64_t per) {
  const auto product = static_cast<Wide>(quantity.nanos) * price.nanos;
  const auto nanos = half_to_even(product, static_cast<Wide>(per) * nanos_per_unit);
  if (nanos > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return Decimal{static_cast<std::int64_t>(nanos)};
}

std::optional<Decimal> sum(Decimal a, Decimal b) {
  std::int64_t nanos = 0;
  if (__builtin_add_overflow(a.nanos, b.nanos, &nanos)) return std::nullopt;
  return Decimal{nanos};
}

}  // namespace daybook::domain::subscription
