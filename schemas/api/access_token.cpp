#include "schemas/api/access_token.hpp"

#include <cstring>

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

std::size_t AccessTokens::FirstBytes::operator()(const crypto::Digest& digest) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

std::optional<Principal> AccessTokens::verify(std::string_view token) const {
  const auto digest = crypto::sha256(token);
  const auto now = clock_();
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = verified_.find(digest); known != verified_.end() && now < known->second.expires) return known->second.principal;
  }
  const auto verified = check(token, now);
  if (!verified) return std::nullopt;
  remember(digest, *verified, now);
  return verified->principal;
}

std::optional<AccessTokens::Verified> AccessTokens::check(std::string_view token, text::Instant now) const {
  const auto key_of = [this](std::string_view id) { return keys_->public_key(crypto::KeyPurpose::token_signing, id); };
  const auto verified = crypto::verify_token(token, key_of, now, {std::string(token_issuer), std::string(token_audience)});
  const auto* claims = std::get_if<crypto::AccessClaims>(&verified);
  if (claims == nullptr) return std::nullopt;
  const auto user = events::UserId::parse(claims->sub);
  const auto session = events::SessionId::parse(claims->sid);
  if (!user || !session) return std::nullopt;
  return Verified{{*user, *session}, claims->exp};
}

// Past its bound the memory forgets what has expired, and everything where that was nothing.
void AccessTokens::remember(const crypto::Digest& digest, const Verified& verified, text::Instant now) const {
  const std::lock_guard lock(mutex_);
  if (verified_.size() >= verified_tokens_max) {
    std::erase_if(verified_, [&](const auto& known) { return known.second.expires <= now; });
    if (verified_.size() >= verified_tokens_max) verified_.clear();
  }
  verified_.insert_or_assign(digest, verified);
}

}  // namespace daybook::api
