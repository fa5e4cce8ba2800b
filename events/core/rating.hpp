#pragma once
// What people think of a thing, in whole numbers: how many said something, and the sum of their points. The mean is made of the
// two each time, so that it is the same however they came about.
#include <cmath>
#include <cstdint>
#include <optional>

#include "events/core/type_info.hpp"

namespace daybook::events {

// What was said of a thing in the system that it comes from, of which here only the mean is known.
struct RatingBrought {
  std::int64_t people = 0;      // who said something
  std::int64_t rated = 0;       // those of them of whom there is a mean
  std::int64_t hundredths = 0;  // the sum of what these gave, in hundredths of a point
  bool operator==(const RatingBrought&) const = default;
};
BOOST_DESCRIBE_STRUCT(RatingBrought, (), (people, rated, hundredths))

// To two decimals, halves up; nothing where there is nothing to take the mean of. The count is of all, the sum of those here.
inline std::optional<double> mean_rating(std::int64_t sum, std::int64_t count, const std::optional<RatingBrought>& brought = {}) {
  const auto before = brought.value_or(RatingBrought{});
  const auto rated = count - before.people + before.rated;
  if (rated == 0) return std::nullopt;
  const auto hundredths = (2 * (100 * sum + before.hundredths) + rated) / (2 * rated);
  return static_cast<double>(hundredths) / 100;
}

// Adds to the figures of a state, or takes away from them.
template <class State>
void rate(State& state, std::int64_t points, std::int64_t people) {
  state.rating_sum += points;
  state.rating_count += people;
  state.rating = mean_rating(state.rating_sum, state.rating_count, state.rating_brought);
}

// Adds what was said elsewhere to the figures of a state, `count` being that of all. A mean without a number is one person's.
template <class State>
void bring_rating(State& state, std::int64_t& count, std::optional<double> mean, std::optional<std::int64_t> people) {
  const auto more = people.value_or(mean ? 1 : 0);
  if (more == 0) return;
  auto brought = state.rating_brought.value_or(RatingBrought{});
  brought.people += more;
  if (mean) {
    brought.rated += more;
    brought.hundredths += more * std::llround(100 * *mean);
  }
  count += more;
  state.rating_brought = brought;
  state.rating = mean_rating(state.rating_sum, count, state.rating_brought);
}

}  // namespace daybook::events
