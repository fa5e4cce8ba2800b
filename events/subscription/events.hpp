#pragma once
// What happens to a subscription. Names and shapes are storage format: add optional members or a new event; never rename, retype
// or reuse. Amounts are exact, in the currency of their period. A period that was closed says all that it came to; nothing that
// happens later changes it.
#include "events/core/event_type.hpp"
#include "events/plan/limits.hpp"

namespace daybook::events::subscription {

using plan::PlanType;

BOOST_DEFINE_ENUM_CLASS(Status, active, cancelled, expired)
BOOST_DEFINE_ENUM_CLASS(BillingCycle, monthly, yearly)

// What a plan came to in a part of a period: its price, by the time it was in force.
struct Charge {
  PlanId plan_id{};
  Decimal price;                               // of a whole period
  text::Instant from{};
  text::Instant to{};
  Decimal amount;
  bool operator==(const Charge&) const = default;
};
BOOST_DESCRIBE_STRUCT(Charge, (), (plan_id, price, from, to, amount))

struct UnitTotal {
  std::string billing_unit;
  Decimal quantity;
  Decimal total_cost;
  std::int64_t count = 0;                      // of usage records
  bool operator==(const UnitTotal&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitTotal, (), (billing_unit, quantity, total_cost, count))

struct ClosedPeriod {
  text::Instant period_start{};
  text::Instant period_end{};
  std::string currency;
  std::vector<Charge> charges;
  Decimal base;                                // of the charges
  std::vector<UnitTotal> usage;
  Decimal usage_cost;
  Decimal total;                               // base and usage
  bool operator==(const ClosedPeriod&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClosedPeriod, (), (period_start, period_end, currency, charges, base, usage, usage_cost, total))

struct Started {
  static constexpr std::string_view type = "subscription.started";
  PlanId plan_id{};
  PlanType plan_type = PlanType::free;
  BillingCycle billing_cycle = BillingCycle::monthly;
  text::Instant current_period_start{};
  text::Instant current_period_end{};
  text::Instant anchor{};                      // from which the ends of periods are counted: the beginning, or an end that was given
  Decimal price;                               // of the period
  std::string currency;
  std::optional<std::string> stripe_subscription_id;
  std::optional<std::string> stripe_customer_id;
  bool operator==(const Started&) const = default;
};
BOOST_DESCRIBE_STRUCT(Started, (), (plan_id, plan_type, billing_cycle, current_period_start, current_period_end, anchor, price,
                                    currency, stripe_subscription_id, stripe_customer_id))

// In force at once. The period stays as it is; another cycle counts from the next one on.
struct PlanChanged {
  static constexpr std::string_view type = "subscription.plan_changed";
  PlanId plan_id{};
  PlanType plan_type = PlanType::free;
  BillingCycle billing_cycle = BillingCycle::monthly;
  Decimal price;                               // of a whole period such as the present one
  bool operator==(const PlanChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanChanged, (), (plan_id, plan_type, billing_cycle, price))

struct BillingLinked {
  static constexpr std::string_view type = "subscription.billing_linked";
  std::optional<std::string> stripe_subscription_id;
  std::optional<std::string> stripe_customer_id;
  bool operator==(const BillingLinked&) const = default;
};
BOOST_DESCRIBE_STRUCT(BillingLinked, (), (stripe_subscription_id, stripe_customer_id))

// From here on it has usage of this unit.
struct UnitMetered {
  static constexpr std::string_view type = "subscription.unit_metered";
  std::string billing_unit;
  bool operator==(const UnitMetered&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitMetered, (), (billing_unit))

struct Renewed {
  static constexpr std::string_view type = "subscription.renewed";
  ClosedPeriod closed;
  text::Instant current_period_start{};
  text::Instant current_period_end{};
  Decimal price;
  std::string currency;
  bool operator==(const Renewed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Renewed, (), (closed, current_period_start, current_period_end, price, currency))

// It is not renewed any more.
struct Cancelled {
  static constexpr std::string_view type = "subscription.cancelled";
  bool operator==(const Cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), ())

struct Expired {
  static constexpr std::string_view type = "subscription.expired";
  ClosedPeriod closed;
  bool operator==(const Expired&) const = default;
};
BOOST_DESCRIBE_STRUCT(Expired, (), (closed))

// Said by an import: so late it changed last in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "subscription.brought_forward";
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), ())

using Event = std::variant<Started, PlanChanged, BillingLinked, UnitMetered, Renewed, Cancelled, Expired, BroughtForward>;

}  // namespace daybook::events::subscription
