#pragma once
// Semantic versions (semver.org, 2.0.0): 1.4.0-beta.2+build.7
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::domain::blueprint {

// The parts that decide which of two comes first; what stands behind a plus sign does not.
struct SemanticVersion {
  std::vector<std::string> numbers;      // major, minor, patch: digits without leading zeros, however many
  std::vector<std::string> prerelease;   // identifiers; none: a release

  static std::optional<SemanticVersion> parse(std::string_view text);
};

// By precedence (§11): numbers by value, a prerelease before its release, its identifiers one by one.
std::strong_ordering operator<=>(const SemanticVersion& a, const SemanticVersion& b);
inline bool operator==(const SemanticVersion& a, const SemanticVersion& b) { return (a <=> b) == 0; }

}  // namespace daybook::domain::blueprint
