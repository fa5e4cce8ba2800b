#include "events/project/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::project {

void evolve(State& s, const Created& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Described& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const KeyChanged& e, const Envelope&) { s.key = e.key; }
void evolve(State& s, const SettingsChanged& e, const Envelope&) { s.settings = e.settings; }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const Archived&, const Envelope& event) { s.archived_at = event.occurred_at; }
void evolve(State& s, const Unarchived&, const Envelope&) { s.archived_at.reset(); }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::project
