#include "platform/crypto/keyed_hash.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace daybook::crypto {
namespace {

TEST(KeyedHash, NamesOneTextAlwaysTheSameAndAnotherOtherwise) {
  const KeyedHash hash;
  std::set<KeyedHash::Name> names;
  std::string text;
  for (int length = 0; length < 300; ++length, text += 'a') {
    names.insert(hash(text));
    EXPECT_EQ(hash(text), hash(std::string(text)));
  }
  EXPECT_EQ(names.size(), 300u);
}

TEST(KeyedHash, OfAnotherKeyNamesTheSameTextOtherwise) { EXPECT_NE(KeyedHash()("a"), KeyedHash()("a")); }

}  // namespace
}  // namespace daybook::crypto
