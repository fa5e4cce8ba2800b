#include "events/document/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::document {

void evolve(State& s, const Drafted& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  s.revision = 1;
}
void evolve(State& s, const Revised& e, const Envelope&) {
  take_fields(s, e);
  ++s.revision;
}
void evolve(State& s, const Published&, const Envelope& event) {
  s.status = Status::published;
  s.published_at = event.occurred_at;
}
void evolve(State& s, const Unpublished&, const Envelope&) {
  s.status = Status::draft;
  s.published_at.reset();
}
void evolve(State& s, const Archived&, const Envelope& event) {
  s.status = Status::archived;
  s.archived_at = event.occurred_at;
}
// What was published when it was put away is so again.
void evolve(State& s, const Unarchived&, const Envelope&) {
  s.status = s.published_at ? Status::published : Status::draft;
  s.archived_at.reset();
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told(s, e); }

}  // namespace daybook::events::document
