// What people say of a skill: one review each.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/skill/refusals.hpp"

namespace daybook::domain {
namespace skill {
namespace {

using events::skill::ReviewChanged;
using events::skill::Reviewed;

Rejection no_such_review() { return not_found("review"); }

const events::skill::SkillReview* find_named(const State& state, const std::optional<events::SkillReviewId>& id) {
  return id ? events::skill::find_part(state, *id) : nullptr;
}

bool is_by(const events::skill::SkillReview& review, const CommandContext& context) { return context.user == review.user_id; }

std::optional<HeldKey> held_by(const events::skill::SkillReview& review) {
  return HeldKey{scope::skill_review, review.skill_id.text() + ":" + review.user_id.text(), "/rating"};
}

template <class E>
void keep(const State& before, const E& e, const events::Envelope& event, Effects& effects) {
  keep_claim<&State::reviews, held_by>(before, e.review_id, e, event, effects);
}

}  // namespace

Decision<Event> decide(const State& state, const Review& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto person = person_of(context);
  if (!person) return person.error();
  FieldRefusals refusals;
  check_range(command.rating, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  if (events::skill::find_review(state, *person) != nullptr)
    return already_exists("", "You have reviewed this skill; change that review.");
  if (state.reviews.size() >= reviews_max) return invalid("", "too-many", "A skill can have at most 10,000 reviews.");
  const auto id = command.id.value_or(events::SkillReviewId{context.fresh_id});
  if (events::skill::find_part(state, id) != nullptr) return id_taken();
  return std::vector<Event>{Reviewed{id, *person, command.rating, plain(command.comment)}};
}

bool repeats(const Reviewed& first, const Review& again, const CommandContext& context, const Facts&) {
  return context.user == first.user_id && again.rating == first.rating && plain(again.comment) == first.comment;
}

Decision<Event> decide(const State& state, const ChangeReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto* review = find_named(state, command.review_id);
  if (review == nullptr) return no_such_review();
  if (!is_by(*review, context)) return forbidden("Only who wrote it may change a review.");
  FieldRefusals refusals;
  const ReviewChanged before{review->id, review->rating, review->comment};
  auto changed = before;
  put_all(command, changed, refusals);
  check_range(changed.rating, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  if (changed == before) return std::vector<Event>{};
  return std::vector<Event>{std::move(changed)};
}

Decision<Event> decide(const State& state, const WithdrawReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto* review = find_named(state, command.review_id);
  if (review == nullptr) return no_such_review();
  if (!is_by(*review, context) && !is_admin_of(state, context))
    return forbidden("Only who wrote it or an admin may withdraw a review.");
  return std::vector<Event>{events::skill::ReviewWithdrawn{review->id}};
}

}  // namespace skill

void effects(const skill::State& before, const events::skill::Reviewed& e, const events::Envelope& event, Effects& effects) {
  skill::keep(before, e, event, effects);
}
void effects(const skill::State& before, const events::skill::ReviewChanged& e, const events::Envelope& event, Effects& effects) {
  skill::keep(before, e, event, effects);
}
void effects(const skill::State& before, const events::skill::ReviewWithdrawn& e, const events::Envelope& event, Effects& effects) {
  skill::keep(before, e, event, effects);
}

}  // namespace daybook::domain
