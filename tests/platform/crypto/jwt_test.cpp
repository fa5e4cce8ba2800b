#include "platform/crypto/jwt.hpp"

#include <gtest/gtest.h>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using std::chrono::seconds;
using text::base64url_encode;

constexpr std::string_view good_header = R"({"alg":"EdDSA","typ":"at+jwt","kid":"2026-11-21"})";

class Jwt : public testing::Test {
 protected:
  std::variant<AccessClaims, TokenError> verify(std::string_view token) const {
    return verify_token(
        token,
        [this](std::string_view kid) {
          return kid == "2026-11-21" ? std::optional{key_.public_key()} : std::nullopt;
        },
        now_, expectation_);
  }

  TokenError error_of(std::string_view token) const {
    const auto result = verify(token);
    EXPECT_TRUE(std::holds_alternative<TokenError>(result)) << token;
    return std::holds_alternative<TokenError>(result) ? std::get<TokenError>(result) : TokenError{-1};
  }

  std::string issue() const { return issue_token(claims_, key_, "2026-11-21"); }

  /// A token with any header and payload under a signature that is right.
  std::string sign(std::string_view header, std::string_view payload) const {
    std::string token = base64url_encode(header) + "." + base64url_encode(payload);
    const Signature signature = key_.sign(token);
    return token + "." + base64url_encode(text::view_of(signature));
  }

  std::string payload_of(std::string_view token) const {
    const auto first = token.find('.');
    return *text::base64url_decode(token.substr(first + 1, token.find('.', first + 1) - first - 1));
  }

  SigningKey key_{random_key()};
  text::Instant now_ = *text::parse_instant("2026-11-21T12:00:00Z");
  TokenExpectation expectation_{"https://daybook.example", "daybook", seconds{30}};
  AccessClaims claims_{"https://daybook.example", "daybook", "user-1", "session-1", "token-1", now_,
                       now_ + seconds{600},       "user"};
};

TEST_F(Jwt, VerifiesWhatItIssued) {
  EXPECT_EQ(std::get<AccessClaims>(verify(issue())), claims_);
  claims_.kind = "agent";
  claims_.sub = "quote \" and \u00e9";
  EXPECT_EQ(std::get<AccessClaims>(verify(issue())), claims_);
}

TEST_F(Jwt, TheHeaderIsExactlyThis) {
  const std::string token = issue();
  EXPECT_EQ(text::base64url_decode(token.substr(0, token.find('.'))), good_header);
}

TEST_F(Jwt, RefusesEveryChangedCharacter) {
  const std::string token = issue();
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string tampered = token;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(std::holds_alternative<TokenError>(verify(tampered))) << i;
  }
}

TEST_F(Jwt, RefusesASwappedPayload) {
  const std::string token = issue();
  claims_.sub = "user-2";
  const std::string other = issue();
  const std::string mixed = other.substr(0, other.rfind('.')) + token.substr(token.rfind('.'));
  EXPECT_EQ(error_of(mixed), TokenError::bad_signature);
}

TEST_F(Jwt, RefusesOtherAlgorithms) {
  const std::string payload = payload_of(issue());
  for (const auto* alg : {"none", "None", "HS256", "RS256", "ES256", "eddsa", ""}) {
    const std::string header = std::string{R"({"alg":")"} + alg + R"(","typ":"at+jwt","kid":"2026-11-21"})";
    EXPECT_EQ(error_of(sign(header, payload)), TokenError::wrong_algorithm) << alg;
    EXPECT_EQ(error_of(base64url_encode(header) + "." + base64url_encode(payload) + "."),
              TokenError::wrong_algorithm);
  }
}

TEST_F(Jwt, AnEmptySignatureIsBad) {
  const std::string token = issue();
  EXPECT_EQ(error_of(token.substr(0, token.rfind('.') + 1)), TokenError::bad_signature);
}

TEST_F(Jwt, RefusesOtherTypes) {
  const std::string payload = payload_of(issue());
  EXPECT_EQ(error_of(sign(R"({"alg":"EdDSA","typ":"JWT","kid":"2026-11-21"})", payload)),
            TokenError::wrong_type);
  EXPECT_EQ(error_of(sign(R"({"alg":"EdDSA","kid":"2026-11-21"})", payload)), TokenError::wrong_type);
}

TEST_F(Jwt, RefusesAHeaderWithMoreOrLess) {
  const std::string payload = payload_of(issue());
  for (const auto* header :
       {R"({"typ":"at+jwt","kid":"2026-11-21"})", R"({"alg":"EdDSA","typ":"at+jwt"})",
        R"({"alg":"EdDSA","typ":"at+jwt","kid":7})",
        R"({"alg":"EdDSA","typ":"at+jwt","kid":"2026-11-21","jwk":{}})",
        R"({"alg":"EdDSA","typ":"at+jwt","kid":"2026-11-21","crit":["exp"]})", "[]", "", "{", "null"}) {
    EXPECT_EQ(error_of(sign(header, payload)), TokenError::malformed) << header;
  }
}

TEST_F(Jwt, RefusesAnUnknownKeyAndAnotherDeploymentsSignature) {
  EXPECT_EQ(error_of(issue_token(claims_, key_, "2020-01-01")), TokenError::unknown_key);
  EXPECT_EQ(error_of(issue_token(claims_, SigningKey{random_key()}, "2026-11-21")),
            TokenError::bad_signature);
}

TEST_F(Jwt, TimesAreKeptWithTheLeeway) {
  const std::string token = issue();
  now_ = claims_.exp + seconds{29};
  EXPECT_TRUE(std::holds_alternative<AccessClaims>(verify(token)));
  now_ = claims_.exp + seconds{30};
  EXPECT_EQ(error_of(token), TokenError::expired);
  now_ = claims_.iat - seconds{30};
  EXPECT_TRUE(std::holds_alternative<AccessClaims>(verify(token)));
  now_ = claims_.iat - seconds{31};
  EXPECT_EQ(error_of(token), TokenError::not_yet_valid);
}

TEST_F(Jwt, NoLeewayIsLongerThanAMinute) {
  expectation_.leeway = seconds{3600};
  const std::string token = issue();
  now_ = claims_.exp + seconds{59};
  EXPECT_TRUE(std::holds_alternative<AccessClaims>(verify(token)));
  now_ = claims_.exp + seconds{60};
  EXPECT_EQ(error_of(token), TokenError::expired);
}

TEST_F(Jwt, RefusesAnotherIssuerOrAudience) {
  expectation_.iss = "https://other.example";
  EXPECT_EQ(error_of(issue()), TokenError::wrong_issuer);
  expectation_.iss = claims_.iss;
  expectation_.aud = "other";
  EXPECT_EQ(error_of(issue()), TokenError::wrong_audience);
}

TEST_F(Jwt, EveryClaimIsNeeded) {
  const std::string payload = payload_of(issue());
  ASSERT_EQ(std::get<AccessClaims>(verify(sign(good_header, payload))), claims_);
  for (const auto* name : {"iss", "aud", "sub", "sid", "jti", "iat", "exp", "kind"}) {
    std::string without = payload;
    without.replace(without.find(std::string{"\""} + name + "\""), 2, "\"_");
    EXPECT_EQ(error_of(sign(good_header, without)), TokenError::malformed) << name;
  }
}

TEST_F(Jwt, ClaimsOfTheWrongTypeAreMalformed) {
  const auto with_times = [&](const std::string& iat, const std::string& exp, const std::string& kind) {
    return sign(good_header,
                R"({"iss":"https://daybook.example","aud":"daybook","sub":"u","sid":"s","jti":"t","iat":)" +
                    iat + R"(,"exp":)" + exp + R"(,"kind":)" + kind + "}");
  };
  ASSERT_TRUE(std::holds_alternative<AccessClaims>(verify(with_times("0", "4000000000", R"("user")"))));
  EXPECT_EQ(error_of(with_times("0", R"("4000000000")", R"("user")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("0", "4e9", R"("user")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("-1", "4000000000", R"("user")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("0", "9223372036854775807", R"("user")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("0", "18446744073709551615", R"("user")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("0", "4000000000", R"("admin")")), TokenError::malformed);
  EXPECT_EQ(error_of(with_times("0", "4000000000", "1")), TokenError::malformed);
}

TEST_F(Jwt, RefusesWhatIsNoToken) {
  const std::string token = issue();
  for (const std::string& bad : {std::string{}, std::string{"."}, std::string{".."}, std::string{"a.b"},
                                 token + ".x", token + "=", " " + token, std::string(200, '.')}) {
    EXPECT_EQ(error_of(bad), TokenError::malformed) << bad;
  }
}

TEST_F(Jwt, RefusesTokensOverEightKibibytes) {
  claims_.sub = std::string(access_token_bytes_max, 'x');
  EXPECT_EQ(error_of(issue()), TokenError::malformed);
  claims_.sub = std::string(4000, 'x');
  EXPECT_TRUE(std::holds_alternative<AccessClaims>(verify(issue())));
}

TEST(TokenErrorName, IsAStableWord) {
  EXPECT_EQ(name_of(TokenError::bad_signature), "bad_signature");
  EXPECT_EQ(name_of(TokenError::wrong_audience), "wrong_audience");
}

}  // namespace
}  // namespace daybook::crypto
