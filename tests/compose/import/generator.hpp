#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::importer::testing {

/// Makes a change log of `changes` lines with every oddity that an import must live with: unknown words,
/// edges to nothing, to oneself, in circles and twice, parents after children, labels in several cases and
/// blank ones, edited comments, tombstones that change, removals and restorations, many lines of one moment,
/// titles too long, texts beyond the Basic Multilingual Plane. The same seed gives the same lines.
[[nodiscard]] std::vector<std::string> generate_log(std::uint64_t seed, std::size_t changes);

}  // namespace daybook::importer::testing
