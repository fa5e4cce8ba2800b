#include "events/comment/state.hpp"

namespace daybook::events::comment {

void evolve(State& s, const Posted& e, const Envelope& event) {
  s.id = CommentId{event.stream_id.value};
  s.workspace_id = event.workspace_id.value();
  s.issue_id = e.issue_id;
  s.parent_id = e.parent_id;
  s.author_type = event.actor_type;
  s.author_id = event.actor_id;
  s.content = e.content;
  s.content_type = e.content_type;
  s.mentions = e.mentions;
}
void evolve(State& s, const Edited& e, const Envelope& event) {
  s.content = e.content;
  s.content_type = e.content_type;
  s.mentions = e.mentions;
  s.edited_at = event.occurred_at;
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::comment
