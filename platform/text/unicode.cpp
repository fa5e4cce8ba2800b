#include "platform/text/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

namespace daybook::text {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  // 0 when the text does not begin with a well-formed sequence
};

/// Decodes the sequence at the front of a text that is not empty, by the table of RFC 3629 §4.
CodePoint decode_front(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1};
  const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < bytes) return {};
  std::uint32_t value = first & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!is_continuation(text[i])) return {};
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
  }
  if (bytes == 3 && value < 0x800) return {};
  if (bytes == 4 && value < 0x10000) return {};
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {};
  return {value, bytes};
}

std::string map_text(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                   static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, &std::free};
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc{};
  if (length < 0) throw std::invalid_argument{"the text is not well-formed UTF-8"};
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint front = decode_front(text);
    if (front.bytes == 0) return false;
    text.remove_prefix(front.bytes);
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string{text};
  return map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) {
    std::string folded{text};
    for (char& character : folded) {
      if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    }
    return folded;
  }
  // Composing first puts combining marks into canonical order, so that equivalent spellings fold alike. The
  // second pass folds and composes again in one step.
  return map_text(nfc(text), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string unicode_version() { return utf8proc_unicode_version(); }

bool printable(std::string_view text) {
  while (!text.empty()) {
    const CodePoint front = decode_front(text);
    if (front.bytes == 0) return false;
    if (front.value < 0x20 || (front.value >= 0x7f && front.value < 0xa0)) return false;
    if (front.value == 0x2028 || front.value == 0x2029) return false;
    text.remove_prefix(front.bytes);
  }
  return true;
}

}  // namespace daybook::text
