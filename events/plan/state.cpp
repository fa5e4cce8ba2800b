#include "events/plan/state.hpp"

#include "events/core/parts.hpp"

namespace daybook::events::plan {
namespace {

void note_prices(State& s, const Envelope& event) {
  s.prices.push_back({event.recorded_at, s.price_monthly, s.price_yearly, s.currency, s.unit_prices});
}

}  // namespace

const UnitPrice* find_price(const State& state, std::string_view billing_unit) {
  return find_in(state.unit_prices, [&](const auto& price) { return price.billing_unit == billing_unit; });
}

void evolve(State& s, const Published& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  note_prices(s, event);
}
void evolve(State& s, const Changed& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Repriced& e, const Envelope& event) {
  take_fields(s, e);
  note_prices(s, event);
}
void evolve(State& s, const Retired&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::plan
