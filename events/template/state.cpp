#include "events/template/state.hpp"

namespace daybook::events::template_ {

const TemplateRating* find_rating(const State& state, UserId user) {
  return find_in(state.ratings, [&](const auto& rating) { return rating.user_id == user; });
}

void evolve(State& s, const Published& e, const Envelope& event) {
  begin_state(s, event);
  s.author_type = event.actor_type;
  s.author_id = event.actor_id;
  take_fields(s, e);
}
void evolve(State& s, const Revised& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Listed&, const Envelope&) { s.is_public = true; }
void evolve(State& s, const Unlisted&, const Envelope&) { s.is_public = false; }
void evolve(State& s, const MadeOfficial&, const Envelope&) { s.is_official = true; }
void evolve(State& s, const Applied&, const Envelope&) { ++s.usage_count; }
void evolve(State& s, const Rated& e, const Envelope& event) {
  if (const auto* before = find_part(s, e.rating_id)) {
    rate(s, e.rating - before->rating, 0);
    return change_part<&Rated::rating_id>(s.ratings, e, event);
  }
  auto& rating = add_part<&Rated::rating_id>(s.ratings, e, event);
  rating.workspace_id = event.workspace_id.value();
  rating.template_id = TemplateId{event.stream_id.value};
  rate(s, e.rating, 1);
}
void evolve(State& s, const Withdrawn&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  s.usage_count += e.usage_count.value_or(0);
  bring_rating(s, s.rating_count, e.rating, e.rating_count);
}

}  // namespace daybook::events::template_
