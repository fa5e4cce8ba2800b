#include "schemas/api/signed_token.hpp"

#include "platform/crypto/jwt.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::api {

std::string sign_token(const crypto::KeyFile& keys, const Principal& principal, std::string_view audience, text::Instant now,
                       std::chrono::seconds lifetime) {
  const auto& signing = keys.current(crypto::KeyPurpose::token_signing);
  crypto::AccessClaims claims{};
  claims.iss = token_issuer;
  claims.aud = audience;
  claims.sub = principal.user.text();
  claims.sid = principal.session.text();
  claims.jti = crypto::random_token();
  claims.iat = now;
  claims.exp = now + lifetime;
  claims.kind = "user";
  return crypto::issue_token(claims, crypto::SigningKey(signing.key), signing.id);
}

std::optional<SignedToken> check_token(const crypto::KeyFile& keys, std::string_view token, std::string_view audience, text::Instant now) {
  const auto key_of = [&](std::string_view id) { return keys.public_key(crypto::KeyPurpose::token_signing, id); };
  const auto verified = crypto::verify_token(token, key_of, now, {std::string(token_issuer), std::string(audience)});
  const auto* claims = std::get_if<crypto::AccessClaims>(&verified);
  if (claims == nullptr) return std::nullopt;
  const auto user = events::UserId::parse(claims->sub);
  const auto session = events::SessionId::parse(claims->sid);
  if (!user || !session) return std::nullopt;
  return SignedToken{{*user, *session}, claims->jti, claims->exp};
}

}  // namespace daybook::api
