// What people say of a skill: one review each.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/reviews.hpp"
#include "command-service/domain/skill/refusals.hpp"

namespace daybook::domain {
namespace skill {
namespace {

using events::skill::ReviewChanged;
using events::skill::Reviewed;
using events::skill::ReviewWithdrawn;

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
  return reviews::decided<Event>(reviews::written<Reviewed>(state, command, "skill", context));
}

bool repeats(const Reviewed& first, const Review& again, const CommandContext& context, const Facts&) {
  return reviews::says_the_same(first, again, context);
}

Decision<Event> decide(const State& state, const ChangeReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  return reviews::decided<Event>(reviews::changed<ReviewChanged>(reviews::find_named(state, command.review_id), command, context));
}

Decision<Event> decide(const State& state, const WithdrawReview& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto* review = reviews::find_named(state, command.review_id);
  return reviews::decided<Event>(reviews::withdrawn<ReviewWithdrawn>(review, is_admin_of(state, context), context));
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
