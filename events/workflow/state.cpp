#include "events/workflow/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::workflow {

void evolve(State& s, const Defined& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  s.revision = 1;
}
void evolve(State& s, const Revised& e, const Envelope&) {
  take_fields(s, e);
  ++s.revision;
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::workflow
