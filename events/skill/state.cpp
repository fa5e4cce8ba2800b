#include "events/skill/state.hpp"

namespace daybook::events::skill {

const SkillReview* find_review(const State& state, UserId user) {
  return find_in(state.reviews, [&](const auto& review) { return review.user_id == user; });
}

void evolve(State& s, const Published& e, const Envelope& event) {
  begin_state(s, event);
  s.author_type = event.actor_type;
  s.author_id = event.actor_id;
  take_fields(s, e);
  s.revision = 1;
}
void evolve(State& s, const Revised& e, const Envelope&) {
  take_fields(s, e);
  ++s.revision;
}
void evolve(State& s, const TagsChanged& e, const Envelope&) { s.tags = e.tags; }
void evolve(State& s, const Listed&, const Envelope&) { s.is_public = true; }
void evolve(State& s, const Unlisted&, const Envelope&) { s.is_public = false; }
void evolve(State& s, const MadeOfficial&, const Envelope&) { s.is_official = true; }
void evolve(State& s, const Forked&, const Envelope&) { ++s.fork_count; }
void evolve(State& s, const Used&, const Envelope&) { ++s.usage_count; }
void evolve(State& s, const Reviewed& e, const Envelope& event) {
  auto& review = add_part<&Reviewed::review_id>(s.reviews, e, event);
  review.workspace_id = event.workspace_id.value();
  review.skill_id = SkillId{event.stream_id.value};
  rate(s, e.rating, 1);
}
void evolve(State& s, const ReviewChanged& e, const Envelope& event) {
  if (const auto* before = find_part(s, e.review_id)) rate(s, e.rating - before->rating, 0);
  change_part<&ReviewChanged::review_id>(s.reviews, e, event);
}
void evolve(State& s, const ReviewWithdrawn& e, const Envelope&) {
  if (const auto* before = find_part(s, e.review_id)) rate(s, -before->rating, -1);
  drop_part(s.reviews, e.review_id);
}
void evolve(State& s, const Withdrawn&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  s.fork_count += e.fork_count.value_or(0);
  s.usage_count += e.usage_count.value_or(0);
  bring_rating(s, s.rating_count, e.rating, e.review_count);
}

}  // namespace daybook::events::skill
