#include "platform/crypto/hash.hpp"

#include <gtest/gtest.h>

#include <string>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

std::string hex(const Digest& digest) { return text::hex_encode(text::view_of(digest)); }

TEST(Sha256, FollowsTheKnownVectors) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string(300, 'a'))),
            "9835fa6bf4e20a9b9ea812506302e98982721a6cf8d2cae67af57129bf21ae90");
}

TEST(Sha256, PiecesGiveTheDigestOfTheWhole) {
  const std::string message(300, 'a');
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    const std::string_view whole = message;
    EXPECT_EQ(sha256({whole.substr(0, cut), whole.substr(cut)}), sha256(message));
  }
}

TEST(Sha256, DigestLeavesTheHasherUsableAndCopiesFork) {
  Sha256 hasher;
  hasher.update("ab");
  EXPECT_EQ(hasher.digest(), sha256("ab"));
  Sha256 fork = hasher;
  fork.update("x");
  hasher.update("c");
  EXPECT_EQ(hasher.digest(), sha256("abc"));
  EXPECT_EQ(fork.digest(), sha256("abx"));
}

TEST(Hmac, FollowsTheVectorsOfRfc4231) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", {"what do ya want ", "for nothing?"})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, DependsOnKeyAndMessage) {
  EXPECT_NE(hmac_sha256("key", "message"), hmac_sha256("kez", "message"));
  EXPECT_NE(hmac_sha256("key", "message"), hmac_sha256("key", "messagf"));
  EXPECT_NE(hmac_sha256("", ""), sha256(""));
}

TEST(ConstantTimeEqual, ComparesContentAndLength) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("secret", "secret"));
  EXPECT_FALSE(constant_time_equal("secret", "secreT"));
  EXPECT_FALSE(constant_time_equal("secret", "secrets"));
}

}  // namespace
}  // namespace daybook::crypto
