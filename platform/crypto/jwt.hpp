#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/crypto/signing.hpp"
#include "platform/text/instant.hpp"

namespace daybook::crypto {

inline constexpr std::size_t access_token_bytes_max = 8 * 1024;
inline constexpr std::chrono::seconds access_token_leeway_max{60};

/// What an access token says (RFC 9068 in spirit). Times are whole seconds in the token; `issue_token` cuts
/// the rest off.
struct AccessClaims {
  std::string iss;
  std::string aud;
  std::string sub;
  std::string sid;  // the session, agent's token or API key that it belongs to
  std::string jti;
  text::Instant iat{};
  text::Instant exp{};
  std::string kind;  // "user", "agent" or "api_key"

  friend bool operator==(const AccessClaims&, const AccessClaims&) = default;
};

/// Why a token was refused. The order of the checks is the order of the values.
enum class TokenError {
  malformed,
  wrong_algorithm,
  wrong_type,
  unknown_key,
  bad_signature,
  expired,
  not_yet_valid,
  wrong_issuer,
  wrong_audience,
};

/// A stable word for logs and metrics, such as `bad_signature`.
[[nodiscard]] std::string_view name_of(TokenError error);

/// What the verifier demands. The leeway covers clocks that disagree; more than a minute counts as a minute.
struct TokenExpectation {
  std::string iss;
  std::string aud;
  std::chrono::seconds leeway{30};
};

/// Finds the public key of a key id, or nothing.
using PublicKeyLookup = std::function<std::optional<PublicKey>(std::string_view kid)>;

/// Signs a JSON Web Token (RFC 7519) with EdDSA (RFC 8037). The header is
/// `{"alg":"EdDSA","typ":"at+jwt","kid":…}`.
[[nodiscard]] std::string issue_token(const AccessClaims& claims, const SigningKey& key,
                                      std::string_view kid);

/// Checks a token as RFC 8725 asks: one algorithm and one type, chosen by us and not by the token; a header
/// with exactly `alg`, `typ` and `kid`; the signature before any claim is believed; every claim present and
/// of its type.
[[nodiscard]] std::variant<AccessClaims, TokenError> verify_token(std::string_view token,
                                                                  const PublicKeyLookup& public_key_of,
                                                                  text::Instant now,
                                                                  const TokenExpectation& expectation);

}  // namespace daybook::crypto
