#include "platform/outbound/signature.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::outbound {
namespace {

constexpr std::string_view secret_prefix = "whsec_";

std::string key_of(std::string_view secret) {
  if (secret.starts_with(secret_prefix))
    if (auto key = text::base64_decode(secret.substr(secret_prefix.size()))) return *std::move(key);
  return std::string(secret);
}

}  // namespace

std::string standard_signature(std::string_view secret, std::string_view id, std::int64_t unix_s, std::string_view body) {
  const auto digest = crypto::hmac_sha256(key_of(secret), {id, ".", std::to_string(unix_s), ".", body});
  return "v1," + text::base64_encode(text::view_of(digest));
}

std::string older_signature(std::string_view secret, std::string_view body) {
  return "sha256=" + text::hex_encode(text::view_of(crypto::hmac_sha256(secret, body)));
}

}  // namespace daybook::outbound
