#include "events/usage_record/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::usage_record {

void evolve(State& s, const Recorded& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Adjusted& e, const Envelope&) { take_fields<&Adjusted::counted_from, &Adjusted::counted_to>(s, e); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { s.total_cost.nanos += e.total_cost.value_or(Decimal{}).nanos; }

}  // namespace daybook::events::usage_record
