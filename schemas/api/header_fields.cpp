#include "schemas/api/header_fields.hpp"

#include <algorithm>

namespace daybook::api {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool etag_character(unsigned char c) { return c == 0x21 || (c >= 0x23 && c != 0x7f); }

// Takes one tag off the front of `rest`.
std::optional<EntityTag> take_tag(std::string_view& rest) {
  EntityTag tag{};
  if (rest.starts_with("W/")) {
    tag.weak = true;
    rest.remove_prefix(2);
  }
  if (!rest.starts_with('"')) return std::nullopt;
  const auto close = rest.find('"', 1);
  if (close == rest.npos) return std::nullopt;
  tag.opaque = rest.substr(1, close - 1);
  if (!std::all_of(tag.opaque.begin(), tag.opaque.end(), etag_character)) return std::nullopt;
  rest.remove_prefix(close + 1);
  return tag;
}

bool read_list(std::string_view rest, EntityTags& all) {
  rest = trimmed(rest);
  if (rest == "*") {
    all.any = true;
    return true;
  }
  // Empty elements of a list are passed over (RFC 9110 §5.6.1).
  while (!rest.empty()) {
    if (rest.front() != ',') {
      auto tag = take_tag(rest);
      if (!tag || all.tags.size() >= entity_tags_max) return false;
      all.tags.push_back(std::move(*tag));
      rest = trimmed(rest);
      if (!rest.empty() && rest.front() != ',') return false;
    }
    if (!rest.empty()) rest = trimmed(rest.substr(1));
  }
  return true;
}

// The next part up to `separator`, taken off `rest`; quoted strings are not looked into.
std::string_view take_until(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (quoted && rest[at] == '\\') ++at;
    else if (rest[at] == '"') quoted = !quoted;
    else if (!quoted && rest[at] == separator) break;
  }
  const auto part = rest.substr(0, std::min(at, rest.size()));
  rest = at < rest.size() ? rest.substr(at + 1) : std::string_view();
  return part;
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace

EntityTagsRead read_entity_tags(const http::Request& request, std::string_view field) {
  EntityTagsRead read{};
  for (const auto& header : request.headers) {
    if (!http::same_name(header.name, field)) continue;
    if (!read.tags) read.tags.emplace();
    if (!read_list(header.value, *read.tags)) read.malformed = true;
  }
  const bool both = read.tags && read.tags->any && !read.tags->tags.empty();
  const bool none = read.tags && !read.tags->any && read.tags->tags.empty();
  read.malformed = read.malformed || both || none;
  return read;
}

std::optional<std::string> preference(const http::Request& request, std::string_view name) {
  for (const auto& header : request.headers) {
    if (!http::same_name(header.name, "Prefer")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      auto one = take_until(rest, ',');
      const auto word = trimmed(take_until(one, ';'));   // parameters of a preference say nothing to us
      const auto equals = word.find('=');
      if (!http::same_name(trimmed(word.substr(0, equals)), name)) continue;
      return equals == word.npos ? std::string() : unquoted(trimmed(word.substr(equals + 1)));
    }
  }
  return std::nullopt;
}

std::string trace_id_of(std::string_view traceparent) {
  constexpr std::size_t length = 55;   // 00-<32>-<16>-<2>; later versions may be longer
  const auto hex = [&](std::size_t from, std::size_t count) {
    const auto part = traceparent.substr(from, count);
    return std::all_of(part.begin(), part.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  };
  const auto zeros = [&](std::size_t from, std::size_t count) { return traceparent.substr(from, count).find_first_not_of('0') == traceparent.npos; };
  if (traceparent.size() < length || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') return {};
  if (!hex(0, 2) || !hex(3, 32) || !hex(36, 16) || !hex(53, 2) || traceparent.starts_with("ff")) return {};
  if (traceparent.starts_with("00") ? traceparent.size() != length : (traceparent.size() > length && traceparent[length] != '-')) return {};
  if (zeros(3, 32) || zeros(36, 16)) return {};
  return std::string(traceparent.substr(3, 32));
}

}  // namespace daybook::api
