#pragma once
// What people think of a thing, in whole numbers: how many said something, and the sum of their points. The mean is made of the
// two each time, so that it is the same however they came about.
#include <cstdint>
#include <optional>

namespace daybook::events {

// To two decimals, halves up; nothing where there is nothing to take the mean of.
inline std::optional<double> mean_rating(std::int64_t sum, std::int64_t count) {
  if (count == 0) return std::nullopt;
  const auto hundredths = (200 * sum + count) / (2 * count);
  return static_cast<double>(hundredths) / 100;
}

// Adds to the figures of a state, or takes away from them.
template <class State>
void rate(State& state, std::int64_t points, std::int64_t people) {
  state.rating_sum += points;
  state.rating_count += people;
  state.rating = mean_rating(state.rating_sum, state.rating_count);
}

}  // namespace daybook::events
