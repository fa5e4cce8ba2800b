#pragma once
// The row of a thing with reviews in its stream, and the rows of these. What each gives to the figures is taken back with it.
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

// One event onto the thing's row, with the one review that the event is about, so that the same fold as ever finds what that gave before.
template <class State, class Row, class ReviewRow, class What>
Folded<Row> fold_reviewed(const What& what, const events::Envelope& e, StateStore& store) {
  State state{};
  const auto before = store.get<Row>(e.stream_id.value).value_or(Row{});
  static_cast<Row&>(state) = before;
  if constexpr (requires { what.review_id; })
    if (const auto review = store.get<ReviewRow>(what.review_id.value)) state.reviews.push_back(*review);
  evolve(state, what, e);
  events::stamp_event(state, e);
  store.put(static_cast<const Row&>(state));
  if constexpr (requires { what.review_id; }) {
    if (state.reviews.empty()) store.erase<ReviewRow>(what.review_id.value);
    else store.put(state.reviews.front());
  }
  return {before, state};
}

}  // namespace daybook::projector
