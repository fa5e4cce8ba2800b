#include "schemas/api/access_token.hpp"

#include <cstring>

namespace daybook::api {

AccessTokens::AccessTokens(std::shared_ptr<const crypto::KeyFile> keys, std::function<text::Instant()> clock)
    : keys_(std::move(keys)), clock_(std::move(clock)) {}

std::string AccessTokens::issue(const Principal& principal, std::chrono::seconds lifetime) const {
  return sign_token(*keys_, principal, token_audience, clock_(), lifetime);
}

std::size_t AccessTokens::FirstBytes::operator()(const Name& name) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, name.data(), sizeof hash);
  return hash;
}

std::optional<Principal> AccessTokens::verify(std::string_view token) const {
  const auto name = name_of_(token);
  const auto now = clock_();
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = verified_.find(name); known != verified_.end() && now < known->second.expires) return known->second.principal;
  }
  const auto verified = check_token(*keys_, token, token_audience, now);
  if (!verified) return std::nullopt;
  remember(name, *verified, now);
  return verified->principal;
}

// Past its bound the memory forgets what has expired, and everything where that was nothing.
void AccessTokens::remember(const Name& name, const SignedToken& verified, text::Instant now) const {
  const std::lock_guard lock(mutex_);
  if (verified_.size() >= verified_tokens_max) {
    std::erase_if(verified_, [&](const auto& known) { return known.second.expires <= now; });
    if (verified_.size() >= verified_tokens_max) verified_.clear();
  }
  verified_.insert_or_assign(name, verified);
}

}  // namespace daybook::api
