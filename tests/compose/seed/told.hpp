#pragma once
// The story, written down.
#include <vector>

#include "compose/daybook/seed/story.hpp"

namespace daybook::seed::test {

inline const text::Instant last_day = *text::parse_instant("2026-11-21T00:00:00Z");

inline Terms terms(std::uint64_t seed = 1, std::int64_t scale_hundredths = 34) { return {seed, scale_hundredths, last_day}; }

class Written final : public StepSink {
 public:
  explicit Written(const Terms& terms) { tell(terms, *this); }
  void take(Step step) override { steps.push_back(std::move(step)); }

  std::vector<Step> steps;
};

}  // namespace daybook::seed::test
