#include "compat/platform/words.hpp"

#include <algorithm>

namespace daybook::compat {

std::optional<std::string_view> ours_of(Words words, std::string_view theirs) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.theirs == theirs; });
  return found == words.end() ? std::nullopt : std::optional(found->ours);
}

std::string all_ours_of(Words words, std::string_view theirs) {
  std::string all;
  for (const auto& word : words)
    if (word.theirs == theirs) all += (all.empty() ? "" : ",") + std::string(word.ours);
  return all;
}

std::string_view theirs_of(Words words, std::string_view ours) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.ours == ours; });
  return found == words.end() ? ours : found->theirs;
}

std::vector<std::string_view> all_theirs(Words words) {
  std::vector<std::string_view> all;
  for (const auto& word : words)
    if (std::find(all.begin(), all.end(), word.theirs) == all.end()) all.push_back(word.theirs);
  return all;
}

std::string told(Words words) {
  const auto all = all_theirs(words);
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) out += i + 1 == all.size() ? " or " : ", ";
    out += "'" + std::string(all[i]) + "'";
  }
  return out;
}

}  // namespace daybook::compat
