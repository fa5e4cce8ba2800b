#include "platform/crypto/jwt.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

namespace json = boost::json;
using std::chrono::floor;
using std::chrono::seconds;

constexpr std::string_view algorithm = "EdDSA";
constexpr std::string_view token_type = "at+jwt";
constexpr std::size_t header_members = 3;  // alg, typ, kid: no jwk, no jku, no crit

/// A compact serialisation (RFC 7515 §7.1) taken apart; the views point into the token.
struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;
};

std::optional<Parts> split_token(std::string_view token) {
  if (token.size() > access_token_bytes_max) return std::nullopt;
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
               token.substr(0, second)};
}

std::optional<json::object> read_object(std::string_view encoded) {
  const auto text = text::base64url_decode(encoded);
  if (!text) return std::nullopt;
  json::error_code error;
  json::value value = json::parse(*text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

const json::string* find_string(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_string();
}

bool read_text(const json::object& object, std::string_view name, std::string& out) {
  const json::string* text = find_string(object, name);
  if (text == nullptr || text->empty()) return false;
  out.assign(text->data(), text->size());
  return true;
}

bool read_time(const json::object& object, std::string_view name, text::Instant& out) {
  const json::value* value = object.if_contains(name);
  const std::int64_t* count = value == nullptr ? nullptr : value->if_int64();
  if (count == nullptr || *count < 0) return false;
  // Beyond the last year that can be written, the microseconds might overflow.
  if (seconds{*count} > floor<seconds>(text::instant_max.time_since_epoch())) return false;
  out = text::Instant{seconds{*count}};
  return true;
}

std::optional<AccessClaims> read_claims(std::string_view payload) {
  const auto object = read_object(payload);
  if (!object) return std::nullopt;
  AccessClaims claims;
  const bool complete = read_text(*object, "iss", claims.iss) && read_text(*object, "aud", claims.aud) &&
                        read_text(*object, "sub", claims.sub) && read_text(*object, "sid", claims.sid) &&
                        read_text(*object, "jti", claims.jti) && read_text(*object, "kind", claims.kind) &&
                        read_time(*object, "iat", claims.iat) && read_time(*object, "exp", claims.exp);
  if (!complete || (claims.kind != "user" && claims.kind != "agent" && claims.kind != "api_key")) return std::nullopt;
  return claims;
}

/// The key id of a header that is exactly ours, or why it is not.
std::variant<std::string, TokenError> read_key_id(std::string_view header) {
  const auto object = read_object(header);
  if (!object) return TokenError::malformed;
  const json::string* alg = find_string(*object, "alg");
  const json::string* typ = find_string(*object, "typ");
  const json::string* kid = find_string(*object, "kid");
  if (alg == nullptr) return TokenError::malformed;
  if (*alg != algorithm) return TokenError::wrong_algorithm;
  if (typ == nullptr || *typ != token_type) return TokenError::wrong_type;
  if (kid == nullptr || object->size() != header_members) return TokenError::malformed;
  return std::string{kid->data(), kid->size()};
}

std::optional<TokenError> check_claims(const AccessClaims& claims, text::Instant now,
                                       const TokenExpectation& expectation) {
  const auto leeway = std::clamp(expectation.leeway, seconds{0}, access_token_leeway_max);
  if (now >= claims.exp + leeway) return TokenError::expired;
  if (claims.iat > now + leeway) return TokenError::not_yet_valid;
  if (claims.iss != expectation.iss) return TokenError::wrong_issuer;
  if (claims.aud != expectation.aud) return TokenError::wrong_audience;
  return std::nullopt;
}

std::int64_t unix_seconds(text::Instant instant) {
  return floor<seconds>(instant).time_since_epoch().count();
}

}  // namespace

std::string_view name_of(TokenError error) {
  switch (error) {
    case TokenError::malformed:
      return "malformed";
    case TokenError::wrong_algorithm:
      return "wrong_algorithm";
    case TokenError::wrong_type:
      return "wrong_type";
    case TokenError::unknown_key:
      return "unknown_key";
    case TokenError::bad_signature:
      return "bad_signature";
    case TokenError::expired:
      return "expired";
    case TokenError::not_yet_valid:
      return "not_yet_valid";
    case TokenError::wrong_issuer:
      return "wrong_issuer";
    case TokenError::wrong_audience:
      return "wrong_audience";
  }
  return "malformed";
}

std::string issue_token(const AccessClaims& claims, const SigningKey& key, std::string_view kid) {
  const json::object header{{"alg", algorithm}, {"typ", token_type}, {"kid", kid}};
  const json::object payload{{"iss", claims.iss},
                             {"aud", claims.aud},
                             {"sub", claims.sub},
                             {"sid", claims.sid},
                             {"jti", claims.jti},
                             {"iat", unix_seconds(claims.iat)},
                             {"exp", unix_seconds(claims.exp)},
                             {"kind", claims.kind}};
  std::string token = text::base64url_encode(json::serialize(header));
  token += '.';
  token += text::base64url_encode(json::serialize(payload));
  const Signature signature = key.sign(token);
  token += '.';
  token += text::base64url_encode(text::view_of(signature));
  return token;
}

std::variant<AccessClaims, TokenError> verify_token(std::string_view token,
                                                    const PublicKeyLookup& public_key_of, text::Instant now,
                                                    const TokenExpectation& expectation) {
  const auto parts = split_token(token);
  if (!parts) return TokenError::malformed;
  const auto key_id = read_key_id(parts->header);
  if (const auto* error = std::get_if<TokenError>(&key_id)) return *error;
  const auto key = public_key_of(std::get<std::string>(key_id));
  if (!key) return TokenError::unknown_key;

  const auto signature = text::base64url_decode(parts->signature);
  if (!signature) return TokenError::malformed;
  if (!verify_signature(*key, parts->signed_text, *signature)) return TokenError::bad_signature;

  auto claims = read_claims(parts->payload);
  if (!claims) return TokenError::malformed;
  if (const auto error = check_claims(*claims, now, expectation)) return *error;
  return std::move(*claims);
}

}  // namespace daybook::crypto
