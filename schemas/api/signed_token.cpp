#include "schemas/api/signed_token.hpp"

#include "platform/crypto/jwt.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::api {
namespace {

constexpr const char *kind_user = "user", *kind_key = "api_key", *kind_agent = "agent";

// The session, key or token with which they came.
text::Uuid through(const Principal& principal) {
  if (principal.agent) return principal.agent_token.value;
  return principal.api_key ? principal.api_key->value : principal.session.value;
}

}  // namespace

std::string sign_token(const crypto::KeyFile& keys, const Principal& principal, std::string_view audience, text::Instant now,
                       std::chrono::seconds lifetime) {
  const auto& signing = keys.current(crypto::KeyPurpose::token_signing);
  crypto::AccessClaims claims{};
  claims.iss = token_issuer;
  claims.aud = audience;
  claims.sub = principal.id().text();
  claims.sid = through(principal).text();
  claims.jti = crypto::random_token();
  claims.iat = now;
  claims.exp = now + lifetime;
  claims.kind = principal.agent ? kind_agent : principal.api_key ? kind_key : kind_user;
  return crypto::issue_token(claims, crypto::SigningKey(signing.key), signing.id);
}

std::optional<SignedToken> check_token(const crypto::KeyFile& keys, std::string_view token, std::string_view audience, text::Instant now) {
  const auto key_of = [&](std::string_view id) { return keys.public_key(crypto::KeyPurpose::token_signing, id); };
  const auto verified = crypto::verify_token(token, key_of, now, {std::string(token_issuer), std::string(audience)});
  const auto* claims = std::get_if<crypto::AccessClaims>(&verified);
  if (claims == nullptr) return std::nullopt;
  const auto who = text::Uuid::parse(claims->sub);
  const auto by = text::Uuid::parse(claims->sid);
  if (!who || !by) return std::nullopt;
  Principal principal{};
  if (claims->kind == kind_agent) {
    principal.agent = events::AgentId{*who};
    principal.agent_token = events::AgentTokenId{*by};
  } else {
    principal.user = events::UserId{*who};
    if (claims->kind == kind_key) principal.api_key = events::ApiKeyId{*by};
    else principal.session = events::SessionId{*by};
  }
  return SignedToken{principal, claims->jti, claims->exp};
}

}  // namespace daybook::api
