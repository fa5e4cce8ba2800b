#include "command-service/domain/core/texts.hpp"

#include <algorithm>

#include "platform/text/slug.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The spaces of Unicode (White_Space) beyond ASCII, as they stand in UTF-8.
std::size_t wide_space(std::string_view words) {
  static constexpr std::string_view spaces[] = {"\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                                "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
                                                "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  for (const auto space : spaces)
    if (words.starts_with(space)) return space.size();
  return 0;
}

bool is_blank(std::string_view words) {
  while (!words.empty()) {
    const auto size = is_space(words.front()) ? 1 : wide_space(words);
    if (size == 0) return false;
    words.remove_prefix(size);
  }
  return true;
}

constexpr events::TextRefusal blank{"blank", "This must not be blank."};
constexpr events::TextRefusal not_unicode{"invalid", "This is not well-formed Unicode."};
constexpr events::TextRefusal not_one_line{"invalid", "One line without control characters is expected."};

Refusal one_line(std::string_view words, std::size_t characters_max, events::TextRefusal too_long) {
  if (!text::valid_utf8(words)) return not_unicode;
  if (is_blank(words)) return blank;
  if (text::code_points(words) > characters_max) return too_long;
  if (!text::printable(words)) return not_one_line;
  return std::nullopt;
}

Refusal many_lines(std::string_view words, std::size_t bytes_max, events::TextRefusal too_long) {
  if (words.size() > bytes_max) return too_long;
  if (!text::valid_utf8(words) || words.find('\0') != words.npos) return not_unicode;
  return std::nullopt;
}

constexpr events::TextRefusal longer_than_a_name{"too-long", "At most 255 characters."};

bool is_domain_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  // Beyond ASCII are internationalised names (RFC 6532).
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_alphanumeric(c) || c == '-' || (c & 0x80) != 0; });
}

bool is_domain(std::string_view domain) {
  for (;;) {
    const auto dot = domain.find('.');
    if (!is_domain_label(domain.substr(0, dot))) return false;
    if (dot == domain.npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.front() == '.' || local.back() == '.' || local.find("..") != local.npos)
    return false;
  return local.find_first_of(" \"(),:;<>@[\\]") == local.npos;
}

bool is_capitals_and_digits(std::string_view key) {
  return !key.empty() && is_upper(key.front()) &&
         std::all_of(key.begin(), key.end(), [](char c) { return is_upper(c) || is_digit(c); });
}

Refusal slug(std::string_view words, std::size_t characters_max, events::TextRefusal too_long) {
  if (words.empty()) return blank;
  if (words.size() > characters_max) return too_long;
  const bool letters =
      std::all_of(words.begin(), words.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
  if (letters && words.front() != '-' && words.back() != '-' && words.find("--") == words.npos)
    return std::nullopt;
  return events::TextRefusal{"invalid", "Lower-case letters and digits, with single hyphens between them."};
}

template <class Fits>
bool fits(std::string_view words, std::size_t characters_max, Fits fits) {
  return !words.empty() && words.size() <= characters_max && std::all_of(words.begin(), words.end(), fits);
}

}  // namespace

Refusal Name::rule(std::string_view words) {
  return one_line(words, name_characters_max, longer_than_a_name);
}
Refusal Title::rule(std::string_view words) {
  return one_line(words, name_characters_max, longer_than_a_name);
}
Refusal Model::rule(std::string_view words) {
  return one_line(words, name_characters_max, longer_than_a_name);
}
Refusal Place::rule(std::string_view words) {
  return one_line(words, url_characters_max, {"too-long", "At most 2048 characters."});
}

Refusal Description::rule(std::string_view words) {
  return many_lines(words, description_bytes_max, {"too-long", "At most 64 KiB."});
}
Refusal Prompt::rule(std::string_view words) {
  return many_lines(words, prompt_bytes_max, {"too-long", "At most 512 KiB."});
}
Refusal Content::rule(std::string_view words) {
  if (is_blank(words)) return blank;
  return many_lines(words, description_bytes_max, {"too-long", "At most 64 KiB."});
}
Refusal DocumentContent::rule(std::string_view words) {
  return many_lines(words, document_bytes_max, {"too-long", "At most 1 MiB."});
}

Refusal Email::rule(std::string_view words) {
  constexpr events::TextRefusal wrong{"invalid", "Expected an e-mail address such as ada@example.org."};
  if (auto refusal = one_line(words, email_characters_max, {"too-long", "At most 254 characters."}))
    return refusal;
  const auto at = words.rfind('@');
  if (at == words.npos) return wrong;
  const auto local = words.substr(0, at);
  if (local.size() > email_local_characters_max || !is_local_part(local) || !is_domain(words.substr(at + 1)))
    return wrong;
  return std::nullopt;
}

Refusal Username::rule(std::string_view words) {
  if (auto refusal = one_line(words, username_characters_max, {"too-long", "At most 100 characters."}))
    return refusal;
  if (is_space(words.front()) || is_space(words.back()))
    return events::TextRefusal{"invalid", "No spaces at the ends."};
  return std::nullopt;
}

Refusal Password::rule(std::string_view words) {
  if (!text::valid_utf8(words)) return not_unicode;
  const auto characters = text::code_points(words);
  if (characters < password_characters_min) return events::TextRefusal{"too-short", "At least 8 characters."};
  if (characters > password_characters_max) return events::TextRefusal{"too-long", "At most 128 characters."};
  return std::nullopt;
}

Refusal Slug::rule(std::string_view words) {
  return slug(words, slug_characters_max, {"too-long", "At most 100 characters."});
}
Refusal DocumentSlug::rule(std::string_view words) {
  return slug(words, document_slug_characters_max, longer_than_a_name);
}

Refusal ProjectKey::rule(std::string_view words) {
  if (text::valid_project_key(words)) return std::nullopt;
  return events::TextRefusal{"invalid", "2 to 20 capital letters and digits, a letter first."};
}

Refusal IssuePrefix::rule(std::string_view words) {
  if (words.size() <= issue_prefix_characters_max && is_capitals_and_digits(words)) return std::nullopt;
  return events::TextRefusal{"invalid", "1 to 20 capital letters and digits, a letter first."};
}

Refusal Color::rule(std::string_view words) {
  if (words.size() == 7 && words.front() == '#' && std::all_of(words.begin() + 1, words.end(), is_hex))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected a colour such as #1f6feb."};
}

Refusal Currency::rule(std::string_view words) {
  if (words.size() == 3 && std::all_of(words.begin(), words.end(), is_upper)) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected an ISO 4217 code such as USD."};
}

Refusal Timezone::rule(std::string_view words) {
  const auto fitting = [](char c) {
    return is_alphanumeric(c) || c == '/' || c == '_' || c == '-' || c == '+';
  };
  if (fits(words, short_text_characters_max, fitting) && is_letter(words.front())) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected a time zone such as Europe/Berlin."};
}

Refusal Locale::rule(std::string_view words) {
  const auto fitting = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; };
  if (words.size() >= 2 && fits(words, short_text_characters_max, fitting) && is_letter(words.front()))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected a language tag such as en or pt-BR."};
}

Refusal Url::rule(std::string_view words) {
  constexpr events::TextRefusal wrong{"invalid", "Expected an absolute http or https URL."};
  if (auto refusal = one_line(words, url_characters_max, {"too-long", "At most 2048 characters."}))
    return refusal;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!words.starts_with(scheme)) continue;
    const auto rest = words.substr(scheme.size());
    if (!rest.empty() && rest.front() != '/' && rest.find(' ') == rest.npos) return std::nullopt;
  }
  return wrong;
}

Refusal Emoji::rule(std::string_view words) {
  return one_line(words, short_text_characters_max, {"too-long", "At most 64 characters."});
}

Refusal Tag::rule(std::string_view words) {
  if (auto refusal = one_line(words, short_text_characters_max, {"too-long", "At most 64 characters."}))
    return refusal;
  if (is_space(words.front()) || is_space(words.back()))
    return events::TextRefusal{"invalid", "No spaces at the ends."};
  return std::nullopt;
}

Refusal CommitSha::rule(std::string_view words) {
  if (words.size() >= 7 && words.size() <= 64 && std::all_of(words.begin(), words.end(), is_hex)) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected 7 to 64 hexadecimal digits."};
}

}  // namespace daybook::domain
