#include "platform/crypto/checked_token.hpp"

#include <gtest/gtest.h>

#include <set>

namespace daybook::crypto {
namespace {

TEST(CheckedToken, ItSaysWhatItIsAndIsAnotherOneEachTime) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const auto token = make_checked_token("dbk_");
    EXPECT_EQ(token.size(), 4 + checked_token_random_characters + checked_token_checksum_characters);
    EXPECT_TRUE(token.starts_with("dbk_"));
    EXPECT_TRUE(is_checked_token("dbk_", token));
    EXPECT_FALSE(is_checked_token("dba_", token));
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 100U);
}

TEST(CheckedToken, AnyOneCharacterThatIsAnotherIsNoticed) {
  const auto token = make_checked_token("dbk_");
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto wrong = token;
    wrong[at] = wrong[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(is_checked_token("dbk_", wrong)) << at;
  }
}

TEST(CheckedToken, TwoNeighboursThatChangedPlacesAreNoticed) {
  const auto token = make_checked_token("dbk_");
  for (std::size_t at = 4; at + 1 < token.size(); ++at) {
    auto wrong = token;
    std::swap(wrong[at], wrong[at + 1]);
    if (wrong != token) EXPECT_FALSE(is_checked_token("dbk_", wrong)) << at;
  }
}

TEST(CheckedToken, WhatIsTooShortTooLongOrOfOtherCharactersIsNone) {
  const auto token = make_checked_token("dbk_");
  for (const auto& wrong : {std::string(), std::string("dbk_"), token.substr(0, token.size() - 1), token + "0", " " + token.substr(1)})
    EXPECT_FALSE(is_checked_token("dbk_", wrong)) << wrong;
  auto strange = token;
  strange[10] = '-';
  EXPECT_FALSE(is_checked_token("dbk_", strange));
}

TEST(CheckedToken, ItsDigestIsSha256InHexadecimalDigits) {
  EXPECT_EQ(token_digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace daybook::crypto
