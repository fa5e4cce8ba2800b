#pragma once
// What a run used, in tokens of disjoint kinds: none is counted within another, so that they add up. What was not reported is
// absent, never 0. Storage format, as the events that hold it.
#include <cstdint>
#include <optional>

#include "events/core/type_info.hpp"

namespace daybook::events::execution {

struct Usage {
  std::optional<std::int64_t> input;        // less what was read from or written to a cache
  std::optional<std::int64_t> cache_read;
  std::optional<std::int64_t> cache_write;
  std::optional<std::int64_t> output;       // less what was spent on reasoning
  std::optional<std::int64_t> reasoning;
  std::optional<std::int64_t> unsplit;      // of which nobody said what kind they are
  bool operator==(const Usage&) const = default;
};
BOOST_DESCRIBE_STRUCT(Usage, (), (input, cache_read, cache_write, output, reasoning, unsplit))

// All kinds together; nothing where none was reported.
inline std::optional<std::int64_t> tokens_of(const Usage& usage) {
  std::optional<std::int64_t> sum;
  for (const auto* kind : {&usage.input, &usage.cache_read, &usage.cache_write, &usage.output, &usage.reasoning, &usage.unsplit})
    if (*kind) sum = sum.value_or(0) + **kind;
  return sum;
}

}  // namespace daybook::events::execution
