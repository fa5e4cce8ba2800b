#include "platform/text/base64.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace daybook::text {
namespace {

// RFC 4648 §10.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> vectors = {{{"", ""},
                                                                                   {"f", "Zg=="},
                                                                                   {"fo", "Zm8="},
                                                                                   {"foo", "Zm9v"},
                                                                                   {"foob", "Zm9vYg=="},
                                                                                   {"fooba", "Zm9vYmE="},
                                                                                   {"foobar", "Zm9vYmFy"}}};

TEST(Base64, FollowsTheVectorsOfTheStandard) {
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
    const auto unpadded = text.substr(0, text.find('='));
    EXPECT_EQ(base64url_encode(bytes), unpadded);
    EXPECT_EQ(base64url_decode(unpadded), bytes);
  }
}

TEST(Base64, AlphabetsDifferInTwoCharacters) {
  EXPECT_EQ(base64_encode("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(base64url_encode("\xfb\xff\xfe"), "-__-");
  EXPECT_FALSE(base64_decode("-__-"));
  EXPECT_FALSE(base64url_decode("+//+"));
}

TEST(Base64, OneValueHasOneText) {
  for (const auto* bad :
       {"Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zm9v\n", "Zg==Zg==", "Z g=", "Zm9\xff"}) {
    EXPECT_FALSE(base64_decode(bad)) << bad;
  }
  for (const auto* bad : {"Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm 9"})
    EXPECT_FALSE(base64url_decode(bad)) << bad;
}

TEST(Base64, EveryByteAndLengthSurvives) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
    EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST(Hex, WritesLowerAndReadsEitherCase) {
  EXPECT_EQ(hex_encode("\x01\xab\xff"), "01abff");
  EXPECT_EQ(hex_decode("01ABff"), "\x01\xab\xff");
  for (const auto* bad : {"0", "0g", "0x01", "01 2", "-1"}) EXPECT_FALSE(hex_decode(bad)) << bad;
}

}  // namespace
}  // namespace daybook::text
