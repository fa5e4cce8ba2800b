#include "events/comment/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::comment {

void evolve(State& s, const Posted& e, const Envelope& event) {
  begin_state(s, event);
  s.author_type = event.actor_type;
  s.author_id = event.actor_id;
  take_fields(s, e);
}
void evolve(State& s, const Edited& e, const Envelope& event) {
  take_fields(s, e);
  s.edited_at = event.occurred_at;
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::comment
