#pragma once
// A plan after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/plan/events.hpp"

namespace daybook::events::plan {

// What the plan cost from a time on.
struct DatedPrices {
  text::Instant effective_from{};
  Decimal price_monthly;
  Decimal price_yearly;
  std::string currency;
  std::vector<UnitPrice> unit_prices;
  bool operator==(const DatedPrices&) const = default;
};
BOOST_DESCRIBE_STRUCT(DatedPrices, (), (effective_from, price_monthly, price_yearly, currency, unit_prices))

struct Fields : Stamp {
  PlanId id{};
  std::string name;
  PlanType plan_type = PlanType::free;
  Decimal price_monthly;
  Decimal price_yearly;
  std::string currency = "USD";
  std::vector<UnitPrice> unit_prices;
  Json features{"{}"};
  Json limits{"{}"};
  bool is_active = true;
  std::vector<DatedPrices> prices;             // of all times, the one in force last
  std::optional<text::Instant> deleted_at;     // retired
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, name, plan_type, price_monthly, price_yearly, currency, unit_prices, features, limits,
                                        is_active, prices, deleted_at))

using State = Fields;

const UnitPrice* find_price(const State& state, std::string_view billing_unit);

void evolve(State&, const Published&, const Envelope&);
void evolve(State&, const Changed&, const Envelope&);
void evolve(State&, const Repriced&, const Envelope&);
void evolve(State&, const Retired&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::plan
