#include "platform/crypto/opaque_token.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/text/base64.hpp"

namespace daybook::crypto {
namespace {

constexpr std::size_t uuid_bytes = 16;
constexpr std::size_t characters = 86;

std::string bytes_of(const text::Uuid& id) { return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()}; }

text::Uuid uuid_from(std::string_view bytes) {
  text::Uuid id;
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

}  // namespace

OpaqueToken OpaqueToken::make(const text::Uuid& owner, const text::Uuid& id, std::string_view secret) {
  return {owner, id, text::base64url_encode(bytes_of(owner) + bytes_of(id) + std::string(secret))};
}

std::optional<OpaqueToken> OpaqueToken::read(std::string_view text) {
  const auto bytes = text.size() == characters ? text::base64url_decode(text) : std::nullopt;
  if (!bytes || bytes->size() != 2 * uuid_bytes + token_secret_bytes) return std::nullopt;
  const std::string_view view = *bytes;
  return OpaqueToken{uuid_from(view.substr(0, uuid_bytes)), uuid_from(view.substr(uuid_bytes, uuid_bytes)), std::string(text)};
}

std::string OpaqueToken::hash() const {
  const auto digest = sha256(text);
  return text::base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace daybook::crypto
