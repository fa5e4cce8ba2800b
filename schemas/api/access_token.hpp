#pragma once
// Access tokens: short-lived, issued by the command service and checked by every service. Safe from any thread.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "platform/crypto/keyed_hash.hpp"
#include "schemas/api/signed_token.hpp"

namespace daybook::api {

inline constexpr std::chrono::minutes access_token_lifetime{15};
inline constexpr std::size_t verified_tokens_max = 16384;   // remembered; a signature costs a hundred times as much as a look-up
inline constexpr std::string_view token_audience = "daybook-api";

class AccessTokens {
 public:
  AccessTokens(std::shared_ptr<const crypto::KeyFile> keys, std::function<text::Instant()> clock);

  std::string issue(const Principal& principal, std::chrono::seconds lifetime = access_token_lifetime) const;
  std::optional<Principal> verify(std::string_view token) const;

 private:
  using Name = crypto::KeyedHash::Name;
  // A name is as good a hash as any.
  struct FirstBytes {
    std::size_t operator()(const Name& name) const noexcept;
  };
  void remember(const Name& name, const SignedToken& verified, text::Instant now) const;

  mutable std::mutex mutex_;
  mutable std::unordered_map<Name, SignedToken, FirstBytes> verified_;   // tokens themselves are not kept
  crypto::KeyedHash name_of_;
  std::shared_ptr<const crypto::KeyFile> keys_;
  std::function<text::Instant()> clock_;
};

}  // namespace daybook::api
