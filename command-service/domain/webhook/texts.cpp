#include "command-service/domain/webhook/texts.hpp"

#include <algorithm>

#include "events/registry.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/number.hpp"

namespace daybook::domain::webhook {
namespace {

constexpr int port_max = 65535;

constexpr std::string_view older_words[] = {"task_created",    "task_completed",    "task_updated",
                                            "project_created", "project_completed", "comment_created"};

bool is_older(std::string_view words) {
  const auto same = [](char a, char b) { return a == b || (a == '_' && b == '.'); };
  return std::any_of(std::begin(older_words), std::end(older_words), [&](std::string_view known) {
    return std::equal(known.begin(), known.end(), words.begin(), words.end(), same);
  });
}

// Of a workspace's things. What happens to accounts is told to nobody.
bool is_of_workspace(const events::EventType& type) { return type.stream != events::StreamType::user; }

bool is_kind(std::string_view words) {
  const auto& all = events::all_event_types();
  return std::any_of(all.begin(), all.end(), [&](const auto& type) {
    return is_of_workspace(type) && type.type.size() > words.size() && type.type.starts_with(words) && type.type[words.size()] == '.';
  });
}

bool is_port(std::string_view digits) {
  const auto port = text::read_number<int>(digits);
  return port && *port >= 1 && *port <= port_max && digits.front() != '-';
}

// host, host:8080, [::1]:8080
bool is_authority(std::string_view authority) {
  if (authority.find('@') != authority.npos) return false;
  const auto bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == authority.npos) return false;
  const auto colon = authority.find(':', bracket);
  if (authority.substr(0, colon).empty()) return false;
  return colon == authority.npos || is_port(authority.substr(colon + 1));
}

bool is_visible(char c) { return c > ' ' && c <= '~'; }

}  // namespace

Refusal Target::rule(std::string_view words) {
  if (const auto refusal = Url::rule(words)) return refusal;
  const auto host = words.find("//") + 2;
  const auto authority = words.substr(host, std::min(words.find_first_of("/?#", host), words.size()) - host);
  if (authority.find('@') != authority.npos) return events::TextRefusal{"invalid", "No name and no password in the URL: it is shown."};
  if (is_authority(authority) && words.find('#') == words.npos && words.find('\\') == words.npos) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected an absolute http or https URL without a fragment."};
}

Refusal Secret::rule(std::string_view words) {
  if (words.starts_with(secret_prefix)) {
    const auto bytes = text::base64_decode(words.substr(secret_prefix.size()));
    if (bytes && bytes->size() >= secret_bytes_min && bytes->size() <= secret_bytes_max) return std::nullopt;
    return events::TextRefusal{"invalid", "Behind whsec_ 24 to 64 bytes in base 64 are expected."};
  }
  if (words.size() < older_secret_characters_min) return events::TextRefusal{"too-short", "At least 16 characters."};
  if (words.size() > older_secret_characters_max) return events::TextRefusal{"too-long", "At most 255 characters."};
  if (std::all_of(words.begin(), words.end(), is_visible)) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected visible ASCII characters."};
}

Refusal EventWord::rule(std::string_view words) {
  if (words == "*" || is_older(words)) return std::nullopt;
  if (words.ends_with(".*") && is_kind(words.substr(0, words.size() - 2))) return std::nullopt;
  const auto* type = events::find_event_type(words);
  if (type != nullptr && is_of_workspace(*type)) return std::nullopt;
  return events::TextRefusal{"unknown-value", "There is no such event in a workspace."};
}

}  // namespace daybook::domain::webhook
