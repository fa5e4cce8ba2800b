// What people say of a blueprint: one review each, by those whose workspace may have it.
#include "command-service/domain/core/reviews.hpp"

#include "command-service/domain/blueprint/refusals.hpp"

namespace daybook::domain {
namespace blueprint {
namespace {

using events::blueprint::ReviewChanged;
using events::blueprint::Reviewed;
using events::blueprint::ReviewWithdrawn;

std::optional<HeldKey> held_by(const events::blueprint::BlueprintReview& review) {
  return HeldKey{scope::blueprint_review, review.blueprint_id.text() + ":" + review.user_id.text(), "/rating"};
}

template <class E>
void keep(const State& before, const E& e, const events::Envelope& event, Effects& effects) {
  keep_claim<&State::reviews, held_by>(before, e.review_id, e, event, effects);
}

}  // namespace

Decision<Event> decide(const State& state, const Review& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_untaken(state, context, facts)) return *refused;
  return reviews::decided<Event>(reviews::written<Reviewed>(state, command, "blueprint", context));
}

bool repeats(const Reviewed& first, const Review& again, const CommandContext& context, const Facts&) {
  return reviews::says_the_same(first, again, context);
}

Decision<Event> decide(const State& state, const ChangeReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto* review = reviews::find_named(state, command.blueprint_review_id);
  return reviews::decided<Event>(reviews::changed<ReviewChanged>(review, command, context));
}

Decision<Event> decide(const State& state, const WithdrawReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto* review = reviews::find_named(state, command.blueprint_review_id);
  return reviews::decided<Event>(reviews::withdrawn<ReviewWithdrawn>(review, is_admin_of(state, context), context));
}

}  // namespace blueprint

void effects(const blueprint::State& before, const events::blueprint::Reviewed& e, const events::Envelope& event, Effects& effects) {
  blueprint::keep(before, e, event, effects);
}
void effects(const blueprint::State& before, const events::blueprint::ReviewChanged& e, const events::Envelope& event, Effects& effects) {
  blueprint::keep(before, e, event, effects);
}
void effects(const blueprint::State& before, const events::blueprint::ReviewWithdrawn& e, const events::Envelope& event, Effects& effects) {
  blueprint::keep(before, e, event, effects);
}

}  // namespace daybook::domain
