#include "platform/outbound/signature.hpp"

#include <gtest/gtest.h>

namespace daybook::outbound {
namespace {

constexpr std::string_view secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// The example that libraries of the specification are tested with.
TEST(StandardSignature, IsThatOfTheSpecificationsExample) {
  EXPECT_EQ(standard_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(StandardSignature, CoversIdTimeAndBody) {
  const auto of_all = standard_signature(secret, "id", 1, "body");
  EXPECT_NE(standard_signature(secret, "ie", 1, "body"), of_all);
  EXPECT_NE(standard_signature(secret, "id", 2, "body"), of_all);
  EXPECT_NE(standard_signature(secret, "id", 1, "bodz"), of_all);
}

// The value was computed by Python's hmac with the secret's bytes.
TEST(StandardSignature, TakesASecretFromElsewhereByItsBytes) {
  EXPECT_EQ(standard_signature("a secret from elsewhere", "evt_1", 1700000000, "{}"), "v1,R4WvWtAqqbis9N2vRBtaOgz8gtt5jbyo0KD9j32Nfcg=");
}

TEST(StandardSignature, TakesASecretThatOnlyLooksLikeOneByItsBytes) {
  EXPECT_NE(standard_signature("whsec_not base 64", "id", 1, ""), standard_signature("whsec_", "id", 1, ""));
}

// The example that GitHub prints for receivers of its webhooks, which have the same form.
TEST(OlderSignature, IsOfTheBodyAloneInBase16) {
  EXPECT_EQ(older_signature("It's a Secret to Everybody", "Hello, World!"), "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
}

// The value was computed by Python's hmac with the secret's text.
TEST(OlderSignature, TakesEverySecretAsItIsWritten) {
  EXPECT_EQ(older_signature(secret, "{}"), "sha256=6cbbcdf2c8016ca85b50543b19e8e121ef16137967bdfa3ce660972922bafaeb");
}

}  // namespace
}  // namespace daybook::outbound
