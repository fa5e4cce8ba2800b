#pragma once
// What happens to a plan. Names and shapes are storage format: add optional members or a new event; never rename, retype or
// reuse. A price holds from when it was set; none is ever rewritten.
#include "events/core/event_type.hpp"
#include "events/plan/limits.hpp"

namespace daybook::events::plan {

// What one of a billing unit costs, or that many of them: a million tokens.
struct UnitPrice {
  std::string billing_unit;
  Decimal price;
  std::int64_t per = 1;
  bool operator==(const UnitPrice&) const = default;
};
BOOST_DESCRIBE_STRUCT(UnitPrice, (), (billing_unit, price, per))

struct Published {
  static constexpr std::string_view type = "plan.published";
  std::string name;
  PlanType plan_type = PlanType::free;
  Decimal price_monthly;
  Decimal price_yearly;
  std::string currency = "USD";
  std::vector<UnitPrice> unit_prices;
  Json features{"{}"};
  Json limits{"{}"};
  bool is_active = true;
  bool operator==(const Published&) const = default;
};
BOOST_DESCRIBE_STRUCT(Published, (), (name, plan_type, price_monthly, price_yearly, currency, unit_prices, features, limits, is_active))

struct Changed {
  static constexpr std::string_view type = "plan.changed";
  std::string name;
  Json features{"{}"};
  Json limits{"{}"};
  bool is_active = true;
  bool operator==(const Changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (name, features, limits, is_active))

struct Repriced {
  static constexpr std::string_view type = "plan.repriced";
  Decimal price_monthly;
  Decimal price_yearly;
  std::string currency = "USD";
  std::vector<UnitPrice> unit_prices;
  bool operator==(const Repriced&) const = default;
};
BOOST_DESCRIBE_STRUCT(Repriced, (), (price_monthly, price_yearly, currency, unit_prices))

// Offered no more. Whoever has it keeps it to the end of the period.
struct Retired {
  static constexpr std::string_view type = "plan.retired";
  bool operator==(const Retired&) const = default;
};
BOOST_DESCRIBE_STRUCT(Retired, (), ())

struct Restored {
  static constexpr std::string_view type = "plan.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import: so late it changed last in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "plan.brought_forward";
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), ())

using Event = std::variant<Published, Changed, Repriced, Retired, Restored, BroughtForward>;

}  // namespace daybook::events::plan
