#include "schemas/api/access_token.hpp"

#include "platform/crypto/jwt.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::api {

AccessTokens::AccessTokens(std::shared_ptr<const crypto::KeyFile> keys, std::function<text::Instant()> clock)
    : keys_(std::move(keys)), clock_(std::move(clock)) {}

std::string AccessTokens::issue(const Principal& principal) const {
  const auto& signing = keys_->current(crypto::KeyPurpose::token_signing);
  crypto::AccessClaims claims{};
  claims.iss = token_issuer;
  claims.aud = token_audience;
  claims.sub = principal.user.text();
  claims.sid = principal.session.text();
  claims.jti = crypto::random_token();
  claims.iat = clock_();
  claims.exp = claims.iat + access_token_lifetime;
  claims.kind = "user";
  return crypto::issue_token(claims, crypto::SigningKey(signing.key), signing.id);
}

std::optional<Principal> AccessTokens::verify(std::string_view token) const {
  const auto key_of = [this](std::string_view id) { return keys_->public_key(crypto::KeyPurpose::token_signing, id); };
  const auto verified = crypto::verify_token(token, key_of, clock_(), {std::string(token_issuer), std::string(token_audience)});
  const auto* claims = std::get_if<crypto::AccessClaims>(&verified);
  if (claims == nullptr) return std::nullopt;
  const auto user = events::UserId::parse(claims->sub);
  const auto session = events::SessionId::parse(claims->sid);
  if (!user || !session) return std::nullopt;
  return Principal{*user, *session};
}

}  // namespace daybook::api
