#include "events/project/state.hpp"

namespace daybook::events::project {

void evolve(State& s, const Created& e, const Envelope& event) {
  s.id = ProjectId{event.stream_id.value};
  s.workspace_id = event.workspace_id.value();
  s.key = e.key;
  s.name = e.name;
  s.description = e.description;
  s.color = e.color;
  s.emoji = e.emoji;
  s.settings = e.settings;
  s.status = e.status;
  s.owner_id = e.owner_id;
  s.created_by_type = event.actor_type;
  s.created_by_id = event.actor_id;
}
void evolve(State& s, const Described& e, const Envelope&) {
  s.name = e.name;
  s.description = e.description;
  s.color = e.color;
  s.emoji = e.emoji;
}
void evolve(State& s, const KeyChanged& e, const Envelope&) { s.key = e.key; }
void evolve(State& s, const SettingsChanged& e, const Envelope&) { s.settings = e.settings; }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const Archived&, const Envelope& event) { s.archived_at = event.occurred_at; }
void evolve(State& s, const Unarchived&, const Envelope&) { s.archived_at.reset(); }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::project
