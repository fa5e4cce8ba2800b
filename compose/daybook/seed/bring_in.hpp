#pragma once
// Brings the story into a log: in parts that are written whole, each once. A part that the log has is passed over, so that whoever was
// stopped goes on with the same line, and a second run adds nothing. One step is made at a time; no more than a part is held.
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>

#include "compose/daybook/seed/story.hpp"
#include "compose/daybook/seed/teller.hpp"

namespace daybook::seed {

inline constexpr std::size_t part_steps_max = 100;

struct Progress {
  std::int64_t steps = 0, parts = 0, parts_already_there = 0;
  std::int64_t teams_begun = 0;
  text::Instant day{};                          // of the story
  std::map<std::string, std::int64_t> by_type;  // steps
};

// A sentence for the operator.
struct CannotGoOn : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// By the token; what was written stays.
struct Stopped {};

// With which terms a seed was begun in this log; nothing where it was not.
std::optional<Terms> terms_in(log::Appender& appender, const Teller& teller, std::uint64_t seed);

// Throws CannotGoOn and Stopped. `on_part` is told after each part, on the caller's thread.
Progress bring_in(log::Appender& appender, Teller& teller, const Terms& terms, const std::stop_token& stop,
                  const std::function<void(const Progress&)>& on_part);

}  // namespace daybook::seed
