#include "query-service/core/etag.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/text/base64.hpp"
#include "query-service/core/text_lists.hpp"

namespace daybook::query {
namespace {

constexpr std::size_t hash_characters = 22;  // 132 bits

std::string hash_of(std::string_view body) {
  const auto digest = crypto::sha256(body);
  return text::base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()}).substr(0, hash_characters);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string row_etag(const Found& found, bool composed, std::string_view body) {
  auto out = "\"v" + std::to_string(found.version) + "-" + std::to_string(found.changed);
  if (composed || found.nulled) out += "-" + hash_of(body);
  return out + "\"";
}

std::string content_etag(std::string_view body) { return "\"" + hash_of(body) + "\""; }

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  for (auto candidate : split(if_none_match)) {
    candidate = trimmed(candidate);
    if (candidate.substr(0, 2) == "W/") candidate.remove_prefix(2);
    if (candidate == "*" || candidate == etag) return true;
  }
  return false;
}

}  // namespace daybook::query
