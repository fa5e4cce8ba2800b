#include "compose/daybook/import/texts.hpp"

#include <boost/json.hpp>

#include "platform/text/unicode.hpp"

namespace daybook::importer {
namespace {

constexpr std::string_view wide_spaces[] = {
    "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",  "\u2007",
    "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\xC2\x85"};

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t space_size(std::string_view words) {
  if (words.front() == ' ' || (words.front() >= '\t' && words.front() <= '\r')) return 1;
  for (const auto space : wide_spaces)
    if (words.starts_with(space)) return space.size();
  return 0;
}

// The bytes of a character that does not belong on one line; 0 for every other.
std::size_t control_size(std::string_view words) {
  const auto first = static_cast<unsigned char>(words.front());
  if (first < 0x20 || first == 0x7F) return 1;
  if (first == 0xC2 && words.size() > 1 && static_cast<unsigned char>(words[1]) < 0xA0) return 2;
  return words.starts_with("\u2028") || words.starts_with("\u2029") ? 3 : 0;
}

}  // namespace

bool is_blank(std::string_view words) {
  while (!words.empty()) {
    const auto size = space_size(words);
    if (size == 0) return false;
    words.remove_prefix(size);
  }
  return true;
}

std::string_view first_bytes(std::string_view words, std::size_t bytes_max) {
  if (words.size() <= bytes_max) return words;
  while (bytes_max > 0 && continues(words[bytes_max])) --bytes_max;
  return words.substr(0, bytes_max);
}

std::string_view first_characters(std::string_view words, std::size_t characters_max) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!continues(words[i]) && ++characters > characters_max) return words.substr(0, i);
  return words;
}

std::string on_one_line(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const auto control = control_size(words);
    out += control ? ' ' : words.front();
    words.remove_prefix(control ? control : 1);
  }
  return out;
}

std::string without_nul(std::string_view words) {
  std::string out;
  for (const char c : words)
    if (c != '\0') out += c;
  return out;
}

std::string in_quotes(std::string_view words) {
  return boost::json::serialize(boost::json::string_view(words.data(), words.size()));
}

}  // namespace daybook::importer
