#include "events/blueprint/state.hpp"

namespace daybook::events::blueprint {
namespace {

void add_points(State& s, std::int64_t points, std::int64_t people) {
  s.rating_sum += points;
  s.reviews_count += people;
  s.rating = mean_rating(s.rating_sum, s.reviews_count, s.rating_brought);
}

}  // namespace

const BlueprintReview* find_review(const State& state, UserId user) {
  return find_in(state.reviews, [&](const auto& review) { return review.user_id == user; });
}

void evolve(State& s, const Published& e, const Envelope& event) {
  begin_state(s, event);
  s.publisher_type = event.actor_type;
  s.publisher_id = event.actor_id;
  take_fields(s, e);
  s.revision = 1;
}
void evolve(State& s, const Described& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Versioned& e, const Envelope&) {
  take_fields(s, e);
  ++s.revision;
}
void evolve(State& s, const Priced& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Listed&, const Envelope&) { s.is_public = true; }
void evolve(State& s, const Unlisted&, const Envelope&) { s.is_public = false; }
void evolve(State& s, const Purchased& e, const Envelope& event) {
  auto& purchase = add_part<&Purchased::purchase_id>(s.purchases, e, event);
  purchase.blueprint_id = BlueprintId{event.stream_id.value};
  purchase.created_by_type = event.actor_type;
  purchase.created_by_id = event.actor_id;
  ++s.sales;
}
void evolve(State& s, const Downloaded&, const Envelope&) { ++s.downloads; }
void evolve(State& s, const Installed&, const Envelope&) {
  ++s.downloads;
  ++s.installs;
}
void evolve(State& s, const Reviewed& e, const Envelope& event) {
  auto& review = add_part<&Reviewed::review_id>(s.reviews, e, event);
  review.workspace_id = event.workspace_id.value();
  review.blueprint_id = BlueprintId{event.stream_id.value};
  add_points(s, e.rating, 1);
}
void evolve(State& s, const ReviewChanged& e, const Envelope& event) {
  if (const auto* before = find_part(s, e.review_id)) add_points(s, e.rating - before->rating, 0);
  change_part<&ReviewChanged::review_id>(s.reviews, e, event);
}
void evolve(State& s, const ReviewWithdrawn& e, const Envelope&) {
  if (const auto* before = find_part(s, e.review_id)) add_points(s, -before->rating, -1);
  drop_part(s.reviews, e.review_id);
}
void evolve(State& s, const Withdrawn&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  s.downloads += e.downloads.value_or(0);
  bring_rating(s, s.reviews_count, e.rating, e.reviews_count);
}

}  // namespace daybook::events::blueprint
