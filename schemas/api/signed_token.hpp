#pragma once
// A caller for one audience and a while: an EdDSA JWT (RFC 8725, typ at+jwt), signed with the current
// token-signing key and checked with the public half. Access tokens and event tickets are such. Stateless.
#include <chrono>
#include <optional>
#include <string>

#include "platform/crypto/key_file.hpp"
#include "platform/text/instant.hpp"
#include "schemas/api/api.hpp"

namespace daybook::api {

inline constexpr std::string_view token_issuer = "daybook";

struct SignedToken {
  Principal principal;
  std::string id;            // unique to the token
  text::Instant expires{};
};

std::string sign_token(const crypto::KeyFile& keys, const Principal& principal, std::string_view audience, text::Instant now,
                       std::chrono::seconds lifetime);
// Nothing where it is not ours, not for this audience, or expired.
std::optional<SignedToken> check_token(const crypto::KeyFile& keys, std::string_view token, std::string_view audience, text::Instant now);

}  // namespace daybook::api
