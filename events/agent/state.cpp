#include "events/agent/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::agent {

void evolve(State& s, const Registered& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Reconfigured& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Retired&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::agent
