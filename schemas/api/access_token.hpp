#pragma once
// Access tokens: short-lived EdDSA JWTs (RFC 8725, typ at+jwt) that the command service issues and every service checks
// with the public half of the signing key. Stateless and safe from any thread.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/crypto/key_file.hpp"
#include "platform/text/instant.hpp"
#include "schemas/api/api.hpp"

namespace daybook::api {

inline constexpr std::chrono::minutes access_token_lifetime{15};
inline constexpr std::string_view token_issuer = "daybook";
inline constexpr std::string_view token_audience = "daybook-api";

class AccessTokens {
 public:
  AccessTokens(std::shared_ptr<const crypto::KeyFile> keys, std::function<text::Instant()> clock);

  std::string issue(const Principal& principal) const;
  std::optional<Principal> verify(std::string_view token) const;

 private:
  std::shared_ptr<const crypto::KeyFile> keys_;
  std::function<text::Instant()> clock_;
};

}  // namespace daybook::api
