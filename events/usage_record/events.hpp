#pragma once
// What happens to a usage record. Names and shapes are storage format: add optional members or a new event; never rename, retype
// or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::usage_record {

// So much of a unit was used. (source, source_id) is what it is known by where it comes from, and there once in a workspace.
struct Recorded {
  static constexpr std::string_view type = "usage_record.recorded";
  std::string source;
  std::string source_id;
  std::string billing_unit;
  Decimal quantity;
  Decimal unit_price;                              // of that many:
  std::int64_t price_per = 1;
  Decimal total_cost;
  std::string currency;
  std::optional<SubscriptionId> subscription_id;   // whose period it counts in; none: the calendar month (UTC)
  text::Instant period_start{};
  text::Instant period_end{};
  bool operator==(const Recorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(Recorded, (), (source, source_id, billing_unit, quantity, unit_price, price_per, total_cost, currency,
                                     subscription_id, period_start, period_end))

// What it is instead. The difference counts in the period that is open now, which need not be the record's own: one that was closed
// stays as it is. It counts in none where the subscription has ended.
struct Adjusted {
  static constexpr std::string_view type = "usage_record.adjusted";
  Decimal quantity;
  Decimal unit_price;
  std::int64_t price_per = 1;
  Decimal total_cost;
  std::optional<text::Instant> counted_from;       // beginning and end of that period
  std::optional<text::Instant> counted_to;
  bool operator==(const Adjusted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Adjusted, (), (quantity, unit_price, price_per, total_cost, counted_from, counted_to))

// Said by an import: what it cost in the system that it comes from, beside what it was recorded with. It counts in the record's own
// period.
struct BroughtForward {
  static constexpr std::string_view type = "usage_record.brought_forward";
  std::optional<Decimal> total_cost;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (total_cost))

using Event = std::variant<Recorded, Adjusted, BroughtForward>;

}  // namespace daybook::events::usage_record
