#include "platform/crypto/named_uuid.hpp"

#include <gtest/gtest.h>

namespace daybook::crypto {
namespace {

TEST(NamedUuid, FollowsFromItsWordsAlone) {
  const auto id = named_uuid({"a", "b"});
  EXPECT_EQ(id, named_uuid({"ab"}));
  EXPECT_NE(id, named_uuid({"ba"}));
  EXPECT_EQ(id.version(), 8);
  // The first half of SHA-256("ab"), but for version and variant.
  EXPECT_EQ(id.text(), "fb8e20fc-2e4c-8f24-8c60-c39bd652f3c1");
}

}  // namespace
}  // namespace daybook::crypto
