#include "platform/crypto/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "platform/text/base64.hpp"

namespace daybook::crypto {
namespace {

TEST(Random, GivesAsManyBytesAsAskedFor) {
  EXPECT_EQ(random_bytes(0).size(), 0U);
  EXPECT_EQ(random_bytes(1000).size(), 1000U);
  EXPECT_NE(random_bytes(32), random_bytes(32));
  EXPECT_NE(random_key(), random_key());
}

TEST(Random, TokensAreThirtyTwoBytesAndDiffer) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(text::base64url_decode(token)->size(), 32U);
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 100U);
}

TEST(Random, LowerAlnumUsesItsWholeAlphabetAndNothingElse) {
  const std::string text = random_lower_alnum(5000);
  EXPECT_TRUE(std::all_of(text.begin(), text.end(),
                          [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }));
  EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 36U);
}

}  // namespace
}  // namespace daybook::crypto
