#include "platform/text/slug.hpp"

#include <algorithm>

#include "platform/text/number.hpp"

namespace daybook::text {
namespace {

constexpr std::string_view fallback_key = "PRJ";
constexpr std::size_t letters_of_one_word = 3;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alnum(char c) { return is_digit(c) || is_upper(c) || is_lower(c); }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// Bytes of a multi-byte character count as part of a word, so that "Größe" is one word and not two.
bool ends_word(char c) { return static_cast<unsigned char>(c) < 0x80 && !is_alnum(c); }

std::string initials_of(std::string_view name) {
  std::string initials;
  bool at_start = true;
  for (const char c : name) {
    if (at_start && is_alnum(c)) initials += to_upper(c);
    at_start = ends_word(c);
  }
  return initials;
}

std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (is_alnum(c)) letters += to_upper(c);
  }
  return letters;
}

void drop_leading_digits(std::string& key) {
  key.erase(0, std::min(key.find_first_not_of("0123456789"), key.size()));
}

}  // namespace

std::string with_capitals(std::string_view word) {
  std::string capitals(word);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), to_upper);
  return capitals;
}

std::string slugify(std::string_view name, std::string_view fallback) {
  std::string slug;
  for (const char c : name) {
    if (is_alnum(c)) {
      slug += to_lower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? std::string{fallback} : slug;
}

std::string project_key_from(std::string_view name) {
  std::string key = initials_of(name);
  drop_leading_digits(key);
  if (key.size() < project_key_characters_min) {
    key = letters_of(name);
    drop_leading_digits(key);
    key.resize(std::min(key.size(), letters_of_one_word));
  }
  key.resize(std::min(key.size(), project_key_characters_max));
  return valid_project_key(key) ? key : std::string{fallback_key};
}

bool valid_project_key(std::string_view key) {
  if (key.size() < project_key_characters_min || key.size() > project_key_characters_max) return false;
  return is_upper(key[0]) &&
         std::all_of(key.begin(), key.end(), [](char c) { return is_upper(c) || is_digit(c); });
}

}  // namespace daybook::text
