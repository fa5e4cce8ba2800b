#include "events/sprint/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::sprint {

void evolve(State& s, const Planned& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Changed& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Started&, const Envelope& event) {
  s.status = Status::active;
  s.started_at = event.occurred_at;
}
void evolve(State& s, const Completed& e, const Envelope& event) {
  s.status = Status::completed;
  s.carried_to_id = e.carried_to_id;
  s.ended_at = event.occurred_at;
}
void evolve(State& s, const Cancelled&, const Envelope& event) {
  s.status = Status::cancelled;
  s.ended_at = event.occurred_at;
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told<&BroughtForward::velocity>(s, e); }

}  // namespace daybook::events::sprint
