#pragma once
// What people say of something that is published, skills and blueprints alike: one review each, of 1 to 5 points and perhaps a text.
// Who wrote it changes it. The state has `reviews`, found by `find_review(state, user)` and `find_part(state, id)`.
#include "command-service/domain/core/fields.hpp"

namespace daybook::domain::reviews {

inline constexpr std::size_t reviews_max = 10'000;       // of one thing
inline constexpr std::int64_t rating_min = 1, rating_max = 5;

template <class Review>
bool is_by(const Review& review, const CommandContext& context) {
  return context.user == review.user_id;
}

// Nothing where no id is given, or none such stands.
template <class State, class Id>
auto find_named(const State& state, const std::optional<Id>& id) -> decltype(find_part(state, *id)) {
  return id ? find_part(state, *id) : nullptr;
}

inline Rejection no_such_review() { return not_found("review"); }

template <class Reviewed, class State, class Command>
Result<Reviewed> written(const State& state, const Command& command, std::string_view what, const CommandContext& context) {
  const auto person = person_of(context);
  if (!person) return person.error();
  FieldRefusals refusals;
  check_range(command.rating, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  const auto thing = std::string(what);
  if (find_review(state, *person) != nullptr) return already_exists("", "You have reviewed this " + thing + "; change that review.");
  if (state.reviews.size() >= reviews_max) return invalid("", "too-many", "A " + thing + " can have at most 10,000 reviews.");
  const auto id = command.id.value_or(decltype(Reviewed::review_id){context.fresh_id});
  if (find_part(state, id) != nullptr) return id_taken();
  return Reviewed{id, *person, command.rating, plain(command.comment)};
}

// Whether a review that is sent again is the one that was written.
template <class Reviewed, class Command>
bool says_the_same(const Reviewed& first, const Command& again, const CommandContext& context) {
  return context.user == first.user_id && again.rating == first.rating && plain(again.comment) == first.comment;
}

// Nothing where nothing is new.
template <class ReviewChanged, class Review, class Command>
Result<std::optional<ReviewChanged>> changed(const Review* review, const Command& command, const CommandContext& context) {
  if (review == nullptr) return no_such_review();
  if (!is_by(*review, context)) return forbidden("Only who wrote it may change a review.");
  FieldRefusals refusals;
  const ReviewChanged before{review->id, review->rating, review->comment};
  auto after = before;
  put_all(command, after, refusals);
  check_range(after.rating, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  if (after == before) return std::optional<ReviewChanged>();
  return std::optional(std::move(after));
}

// Who wrote it may, and who manages all such things where this one lives.
template <class ReviewWithdrawn, class Review>
Result<ReviewWithdrawn> withdrawn(const Review* review, bool is_manager, const CommandContext& context) {
  if (review == nullptr) return no_such_review();
  if (!is_by(*review, context) && !is_manager) return forbidden("Only who wrote it or an admin may withdraw a review.");
  return ReviewWithdrawn{review->id};
}

// The events of one decision.
template <class Event, class Happened>
Decision<Event> decided(Result<Happened> happened) {
  if (!happened) return std::move(happened.error());
  return std::vector<Event>{std::move(*happened)};
}
template <class Event, class Happened>
Decision<Event> decided(Result<std::optional<Happened>> happened) {
  if (!happened) return std::move(happened.error());
  if (!*happened) return std::vector<Event>{};
  return std::vector<Event>{std::move(**happened)};
}

}  // namespace daybook::domain::reviews
