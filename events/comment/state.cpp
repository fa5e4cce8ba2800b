#include "events/comment/state.hpp"

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

void evolve(State& s, const Reacted& e, const Envelope& event) {
  auto& reaction = add_part<&Reacted::reaction_id>(s.each_reaction, e, event);
  reaction.workspace_id = event.workspace_id.value();
  reaction.comment_id = CommentId{event.stream_id.value};
  s.reactions[e.emoji].push_back(e.user_id);
}
void evolve(State& s, const ReactionWithdrawn& e, const Envelope&) {
  drop_part(s.each_reaction, e.reaction_id);
  const auto same = s.reactions.find(e.emoji);
  if (same == s.reactions.end()) return;
  std::erase(same->second, e.user_id);
  if (same->second.empty()) s.reactions.erase(same);
}
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told(s, e); }

}  // namespace daybook::events::comment
