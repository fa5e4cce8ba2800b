#include "query-service/core/etag.hpp"

#include <gtest/gtest.h>

namespace daybook::query {
namespace {

Found found() {
  Found row;
  row.version = 17;
  row.changed = 4711;
  return row;
}

TEST(Etag, OfAPlainRowIsVersionAndPosition) { EXPECT_EQ(row_etag(found(), false, "{}"), "\"v17-4711\""); }

TEST(Etag, OfComposedContentHasItsHashBehind) {
  const auto one = row_etag(found(), true, "{\"a\":1}"), other = row_etag(found(), true, "{\"a\":2}");
  EXPECT_EQ(one.substr(0, 10), "\"v17-4711-");
  EXPECT_NE(one, other);
  EXPECT_EQ(one, row_etag(found(), true, "{\"a\":1}"));
}

TEST(Etag, TellsThatAReferenceReadsAsNull) {
  auto row = found();
  row.nulled = true;
  EXPECT_NE(row_etag(row, false, "{}"), row_etag(found(), false, "{}"));
}

TEST(Etag, IsComparedWeaklyWithEachOfAList) {
  EXPECT_TRUE(etag_matches("\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("*", "\"a\""));
  EXPECT_FALSE(etag_matches("\"b\"", "\"a\""));
  EXPECT_FALSE(etag_matches("", "\"a\""));
}

}  // namespace
}  // namespace daybook::query
