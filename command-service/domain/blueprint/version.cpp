#include "command-service/domain/blueprint/version.hpp"

#include <algorithm>

namespace daybook::domain::blueprint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool is_number(std::string_view text) { return is_digits(text) && (text == "0" || text.front() != '0'); }

bool is_identifier(std::string_view text) {
  const auto may_stand = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), may_stand);
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  for (;;) {
    const auto dot = list.find('.');
    parts.emplace_back(list.substr(0, dot));
    if (dot == list.npos) return parts;
    list.remove_prefix(dot + 1);
  }
}

template <class Is>
bool all_are(const std::vector<std::string>& parts, Is is) {
  return std::all_of(parts.begin(), parts.end(), is);
}

// Digits are as long as anybody likes, so that more of them are more.
std::strong_ordering by_value(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a <=> b;
}

// Numbers come before words.
std::strong_ordering by_identifier(const std::string& a, const std::string& b) {
  if (is_digits(a) && is_digits(b)) return by_value(a, b);
  if (is_digits(a) != is_digits(b)) return is_digits(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  return a <=> b;
}

template <class Compare>
std::strong_ordering one_by_one(const std::vector<std::string>& a, const std::vector<std::string>& b, Compare compare) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (const auto order = compare(a[i], b[i]); order != 0) return order;
  return a.size() <=> b.size();
}

}  // namespace

std::optional<SemanticVersion> SemanticVersion::parse(std::string_view text) {
  const auto plus = text.find('+');
  if (plus != text.npos && !all_are(split(text.substr(plus + 1)), is_identifier)) return std::nullopt;
  text = text.substr(0, plus);
  SemanticVersion version;
  const auto hyphen = text.find('-');
  if (hyphen != text.npos) {
    version.prerelease = split(text.substr(hyphen + 1));
    const auto may_stand = [](std::string_view part) { return is_identifier(part) && (!is_digits(part) || is_number(part)); };
    if (!all_are(version.prerelease, may_stand)) return std::nullopt;
  }
  version.numbers = split(text.substr(0, hyphen));
  if (version.numbers.size() != 3 || !all_are(version.numbers, is_number)) return std::nullopt;
  return version;
}

std::strong_ordering operator<=>(const SemanticVersion& a, const SemanticVersion& b) {
  if (const auto order = one_by_one(a.numbers, b.numbers, by_value); order != 0) return order;
  if (a.prerelease.empty() != b.prerelease.empty()) return a.prerelease.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  return one_by_one(a.prerelease, b.prerelease, by_identifier);
}

}  // namespace daybook::domain::blueprint
