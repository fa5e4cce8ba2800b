#include "events/subscription/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::subscription {
namespace {

void begin_period(State& s) {
  s.period_cycle = s.billing_cycle;
  s.stretches = {{s.plan_id, s.price, s.current_period_start}};
}

}  // namespace

void evolve(State& s, const Started& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  if (e.anchor != e.current_period_start) s.months = -months_of(e.billing_cycle);
  begin_period(s);
}
void evolve(State& s, const PlanChanged& e, const Envelope& event) {
  take_fields(s, e);
  s.stretches.push_back({e.plan_id, e.price, event.recorded_at});
}
void evolve(State& s, const BillingLinked& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const UnitMetered& e, const Envelope&) { s.units.push_back(e.billing_unit); }
void evolve(State& s, const Renewed& e, const Envelope&) {
  s.months += months_of(s.period_cycle);
  take_fields<&Renewed::closed>(s, e);
  ++s.periods_closed;
  begin_period(s);
}
void evolve(State& s, const Cancelled&, const Envelope& event) {
  s.status = Status::cancelled;
  s.cancelled_at = event.occurred_at;
}
void evolve(State& s, const Expired& e, const Envelope&) {
  s.status = Status::expired;
  s.expired_at = e.closed.period_end;
  ++s.periods_closed;
}
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::subscription
