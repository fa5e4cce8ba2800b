#include "events/time_entry/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::time_entry {

void evolve(State& s, const TimerStarted& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  s.is_running = true;
}
void evolve(State& s, const TimerStopped& e, const Envelope&) {
  take_fields(s, e);
  s.is_running = false;
}
void evolve(State& s, const Logged& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  s.is_manual = true;
}
void evolve(State& s, const Corrected& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Removed&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told(s, e); }

}  // namespace daybook::events::time_entry
