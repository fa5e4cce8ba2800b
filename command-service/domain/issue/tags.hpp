#pragma once
// The tags of one issue: words of which no two differ in case only. Private to this folder.
#include <string>
#include <string_view>
#include <vector>

#include "command-service/domain/core/texts.hpp"
#include "events/core/parts.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain::issue {

inline const std::string* find_tag(const std::vector<std::string>& tags, std::string_view tag) {
  const auto folded = text::fold_case(tag);
  return events::find_in(tags, [&](const auto& known) { return text::fold_case(known) == folded; });
}

// As they were sent, each once.
inline std::vector<std::string> each_once(const std::vector<Tag>& sent) {
  std::vector<std::string> tags;
  for (const auto& tag : sent)
    if (find_tag(tags, tag.text) == nullptr) tags.push_back(tag.text);
  return tags;
}

}  // namespace daybook::domain::issue
