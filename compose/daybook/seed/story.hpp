#pragma once
// The story of a club that lends tools: seven weeks of a workspace with everything in it. It is told team by team, each in the order
// of time, so that a large club takes no more memory than a small one.
#include <chrono>
#include <cstdint>
#include <string>

#include "compose/daybook/seed/step.hpp"

namespace daybook::seed {

inline constexpr std::int64_t scale_hundredths_min = 10, scale_hundredths_max = 100'000;  // a tenth of a team, a thousand teams
inline constexpr int sprint_days = 14;
inline constexpr int sprints_completed = 3;  // and one that goes on

// What the list of steps follows from, and from nothing else.
struct Terms {
  std::uint64_t seed = 1;
  std::int64_t scale_hundredths = 100;  // 100 is one team of eight people, four agents and three projects
  text::Instant until{};                // nothing happens later
};

// A Monday, so that three sprints have ended on the last day and the fourth goes on.
text::Instant first_day(text::Instant until);
std::int64_t teams_of(const Terms& terms);

// Who may sign in first, and where: the same under a seed, whatever the scale.
struct Owner {
  std::string email, full_name;
  text::Uuid workspace{};
  std::string slug;
};
Owner owner_of(std::uint64_t seed);

void tell(const Terms& terms, StepSink& sink);

}  // namespace daybook::seed
