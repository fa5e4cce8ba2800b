// What becomes of a member's work when they are no member any more.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::leaving_test {
namespace {

TEST(Leaving, WhatWasAssignedIsNobodysAndTheActivitySaysSo) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  auto max = team.joined_by(daybook, "member");
  const auto issue = team.in("/issues/" + team.issue());
  ASSERT_EQ(team.owner.post(issue + "/assign", object("assignee_id", max.user_id)).status, 200);
  // When he is removed, then it is nobody's at once
  ASSERT_EQ(team.owner.remove(team.in("/members/" + max.user_id)).status, 204);
  EXPECT_TRUE(team.owner.get(issue).at("/assignee_id").is_null());
  // And before long it is written down, by the system
  const auto written_down = [&] {
    const auto rows = team.owner.get(issue + "/activity").rows();
    return !rows.empty() && rows.front().at("type") == "issue.unassigned" && rows.front().at("actor_type") == "system";
  };
  EXPECT_TRUE(wait_until(written_down, std::chrono::seconds(60)));
  // And stays so when he is back
  ASSERT_EQ(team.owner.post(team.in("/members"), object("user_id", max.user_id)).status, 201);
  EXPECT_TRUE(team.owner.get(issue).at("/assignee_id").is_null());
}

}  // namespace
}  // namespace daybook::test::leaving_test
