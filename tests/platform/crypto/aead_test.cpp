#include "platform/crypto/aead.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "platform/text/base64.hpp"

namespace daybook::crypto {
namespace {

TEST(Aead, OpensWhatItSealed) {
  const Key key = random_key();
  for (const std::string& plaintext :
       {std::string{}, std::string{"a@b.example"}, std::string(100'000, 'x')}) {
    const Sealed sealed = seal(key, plaintext, "user 1");
    EXPECT_EQ(sealed.ciphertext.size(), plaintext.size() + 16);
    EXPECT_EQ(open(key, sealed, "user 1"), plaintext);
  }
}

TEST(Aead, NeverSealsTheSameWayTwice) {
  const Key key = random_key();
  const Sealed first = seal(key, "text", "");
  const Sealed second = seal(key, "text", "");
  EXPECT_NE(first.nonce, second.nonce);
  EXPECT_NE(first.ciphertext, second.ciphertext);
}

TEST(Aead, RefusesAnotherKeyNonceOrBinding) {
  const Key key = random_key();
  const Sealed sealed = seal(key, "text", "user 1");
  EXPECT_FALSE(open(random_key(), sealed, "user 1"));
  EXPECT_FALSE(open(key, sealed, "user 2"));
  EXPECT_FALSE(open(key, sealed, ""));
  Sealed moved = sealed;
  moved.nonce[23] ^= 1;
  EXPECT_FALSE(open(key, moved, "user 1"));
}

TEST(Aead, RefusesEveryFlippedBitAndEveryCut) {
  const Key key = random_key();
  const Sealed sealed = seal(key, "text", "user 1");
  for (std::size_t bit = 0; bit < sealed.ciphertext.size() * 8; ++bit) {
    Sealed flipped = sealed;
    flipped.ciphertext[bit / 8] = static_cast<char>(flipped.ciphertext[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(open(key, flipped, "user 1"));
  }
  for (std::size_t length = 0; length < sealed.ciphertext.size(); ++length) {
    EXPECT_FALSE(open(key, {sealed.nonce, sealed.ciphertext.substr(0, length)}, "user 1"));
  }
}

TEST(Aead, IsXChaCha20Poly1305OfTheDraft) {
  // The example of draft-irtf-cfrg-xchacha, appendix A.3.1.
  Key key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(0x80 + i);
  Sealed sealed;
  for (std::size_t i = 0; i < sealed.nonce.size(); ++i) sealed.nonce[i] = static_cast<std::uint8_t>(0x40 + i);
  sealed.ciphertext = *text::hex_decode(
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
      "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
      "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
  EXPECT_EQ(open(key, sealed, *text::hex_decode("50515253c0c1c2c3c4c5c6c7")),
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
            "sunscreen would be it.");
}

}  // namespace
}  // namespace daybook::crypto
