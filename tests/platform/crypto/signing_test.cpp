#include "platform/crypto/signing.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using text::view_of;

TEST(Signing, FollowsTheVectorsOfRfc8032) {
  // Section 7.1, test 2.
  Key seed;
  const auto raw = *text::hex_decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  std::memcpy(seed.data(), raw.data(), seed.size());
  const SigningKey key{seed};
  EXPECT_EQ(text::hex_encode(view_of(key.public_key())),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(text::hex_encode(view_of(key.sign("\x72"))),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signing, VerifiesOnlyThatMessageUnderThatKey) {
  const SigningKey key{random_key()};
  const SigningKey other{random_key()};
  Signature signature = key.sign("message");
  EXPECT_TRUE(verify_signature(key.public_key(), "message", view_of(signature)));
  EXPECT_FALSE(verify_signature(key.public_key(), "messagf", view_of(signature)));
  EXPECT_FALSE(verify_signature(other.public_key(), "message", view_of(signature)));
  signature[10] ^= 1;
  EXPECT_FALSE(verify_signature(key.public_key(), "message", view_of(signature)));
}

TEST(Signing, ASignatureOfAnotherLengthIsWrong) {
  const SigningKey key{random_key()};
  const Signature signature = key.sign("message");
  const std::string text{view_of(signature)};
  EXPECT_FALSE(verify_signature(key.public_key(), "message", ""));
  EXPECT_FALSE(verify_signature(key.public_key(), "message", text.substr(0, 63)));
  EXPECT_FALSE(verify_signature(key.public_key(), "message", text + "x"));
}

}  // namespace
}  // namespace daybook::crypto
