// The words of what an API key may do.
#include "events/api_key/scopes.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace daybook::events::api_key {
namespace {

using Words = std::vector<std::string>;

TEST(Scopes, AKeyMayDoWhatItHoldsTheWordFor) {
  EXPECT_TRUE(covers(Words{"agents:read", "issues:write"}, "issues:write"));
  EXPECT_FALSE(covers(Words{"issues:write"}, "issues:read")) << "writing is not reading";
  EXPECT_FALSE(covers(Words{"issues:read"}, "issues:write"));
  EXPECT_FALSE(covers(Words{}, "issues:read"));
}

TEST(Scopes, AStarCoversItsAreaAndAStarAloneCoversAll) {
  EXPECT_TRUE(covers(Words{"issues:*"}, "issues:write"));
  EXPECT_FALSE(covers(Words{"issues:*"}, "issues-of-others:write"));
  EXPECT_TRUE(covers(Words{"*"}, "members:manage"));
  EXPECT_TRUE(covers(Words{"admin:*"}, "members:manage"));
  EXPECT_FALSE(covers(Words{"admin:read"}, "members:manage"));
}

TEST(Scopes, NothingCoversThatNothingAsksFor) {
  EXPECT_FALSE(covers(Words{"issues"}, "issues:read"));
  EXPECT_FALSE(covers(Words{"issues:"}, "issues:read"));
}

TEST(Scopes, ReadingTakesTheWordOfWhatStandsBelowTheWorkspace) {
  const std::string in = "/api/v1/workspaces/{workspace}";
  EXPECT_EQ(reading_scope(in), "workspace:read");
  EXPECT_EQ(reading_scope(in + "/history"), "workspace:read");
  EXPECT_EQ(reading_scope(in + "/issues"), "issues:read");
  EXPECT_EQ(reading_scope(in + "/issues/{issue}/comments"), "issues:read");
  EXPECT_EQ(reading_scope(in + "/time-entries/{time_entry}"), "time-entries:read");
  EXPECT_EQ(reading_scope(in + "/events/ticket"), "events:read");
  EXPECT_EQ(reading_scope("/api/v1/me"), "");
}

}  // namespace
}  // namespace daybook::events::api_key
