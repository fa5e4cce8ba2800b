// What an issue has beside its fields, as callers see it: order, epics, watchers, tags, commits, transitions.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::issue_test {
namespace {

class IssueParts : public ::testing::Test {
 protected:
  std::string open(const std::string& body) {
    const auto made = owner_.post(team_.in("/issues"), body);
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  std::string of(const std::string& issue, const std::string& rest = "") { return team_.in("/issues/" + issue + rest); }
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }
  std::string titles(const std::string& path) {
    std::string words;
    for (const auto& row : owner_.all(team_.in(path))) words += std::string(row.at("title").as_string());
    return words;
  }
  // The sums over the projects of an epic.
  std::pair<std::int64_t, std::int64_t> progress(const std::string& epic) {
    std::int64_t total = 0, done = 0;
    for (const auto& row : owner_.all(of(epic, "/progress"))) {
      total += row.at("issues_total").as_int64();
      done += row.at("issues_done").as_int64();
    }
    return {total, done};
  }
  static std::pair<std::int64_t, std::int64_t> figures(std::int64_t total, std::int64_t done) { return {total, done}; }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(IssueParts, AListByPositionIsInTheOrderOfRanks) {
  const auto a = team_.issue("a"), b = team_.issue("b"), c = team_.issue("c");
  EXPECT_EQ(titles("/issues?sort=position"), "abc");
  const auto moved = owner_.post(of(c, "/rank"), object("before", b));
  ASSERT_EQ(moved.status, 200) << moved;
  EXPECT_EQ(titles("/issues?sort=position"), "acb");
  ASSERT_EQ(owner_.post(of(a, "/rank"), object("after", "ISSUE-2")).status, 200);
  EXPECT_EQ(titles("/issues?sort=position"), "cba");

  // And where they stand side by side, those around make room in the same append
  for (const auto& [id, position] : {std::pair{a, 1}, {b, 2}, {c, 3}}) ASSERT_EQ(owner_.patch(of(id), object("position", position)).status, 200);
  ASSERT_EQ(owner_.post(of(c, "/rank"), object("after", a)).status, 200);
  EXPECT_EQ(titles("/issues?sort=position"), "acb");
}

TEST_F(IssueParts, RanksOfOneBulkFollowOneAnother) {
  const auto a = team_.issue("a");
  team_.issue("b");
  team_.issue("c");
  const auto bulk = owner_.post(team_.in("/commands"), R"({"atomic":true,"commands":[
      {"type":"issue.rank","id":"ISSUE-3","data":{"before":"ISSUE-1"}},
      {"type":"issue.rank","id":"ISSUE-2","data":{"after":"ISSUE-3"}},
      {"type":"issue.rank","id":"ISSUE-2","data":{"before":"ISSUE-3"}}]})");
  ASSERT_EQ(bulk.status, 200) << bulk;
  EXPECT_EQ(titles("/issues?sort=position"), "bca");
  EXPECT_EQ(owner_.post(of(a, "/rank"), object("before", a)).code(), "cycle");
}

TEST_F(IssueParts, AnEpicsFiguresLeaveOutWhatIsHidden) {
  const auto epic = open(object("title", "Epic", "type", "epic", "color", "#6B46C1"));
  const auto project = owner_.post(team_.in("/projects"), object("name", "Hidden soon")).id();
  const auto one = open(object("title", "One", "epic_id", epic)), two = open(object("title", "Two", "epic_id", epic, "project_id", project));
  ASSERT_EQ(owner_.patch(of(two), object("status", "done")).status, 200);
  EXPECT_EQ(progress(epic), figures(2, 1));
  EXPECT_EQ(titles("/issues/" + epic + "/issues"), "OneTwo");
  EXPECT_EQ(titles("/issues?epic=" + epic), "OneTwo");

  // When its project goes, nothing is written for the issue, and it counts no more until the project is back
  ASSERT_EQ(owner_.remove(team_.in("/projects/" + project)).status, 204);
  EXPECT_EQ(progress(epic), figures(1, 0));
  ASSERT_EQ(owner_.post(team_.in("/projects/" + project + "/restore")).status, 200);
  EXPECT_EQ(progress(epic), figures(2, 1));
  ASSERT_EQ(owner_.remove(of(one)).status, 204);
  EXPECT_EQ(progress(epic), figures(1, 1));

  // And what belongs to an epic that is gone says so by null
  ASSERT_EQ(owner_.remove(of(epic)).status, 204);
  EXPECT_TRUE(owner_.get(of(two)).at("/epic_id").is_null());
  EXPECT_EQ(owner_.get(of(epic, "/progress")).status, 404);
}

TEST_F(IssueParts, ABlockerThatIsGoneReadsAsNullAndTheReasonStays) {
  const auto a = team_.issue("a"), b = team_.issue("b");
  const auto blocked = owner_.post(of(a, "/block"), object("blocked_by_issue_id", b, "blocked_reason", "No paper"));
  ASSERT_EQ(blocked.status, 200) << blocked;
  EXPECT_EQ(blocked.text("/status"), "backlog");
  EXPECT_EQ(owner_.get(of(a) + "?expand=blocked_by").text("/blocked_by/title"), "b");
  ASSERT_EQ(owner_.remove(of(b)).status, 204);
  const auto seen = owner_.get(of(a));
  EXPECT_TRUE(seen.at("/blocked_by_issue_id").is_null());
  EXPECT_EQ(seen.text("/blocked_reason"), "No paper");
}

TEST_F(IssueParts, WhatIsNotedOnAnIssueMovesItsETag) {
  const auto issue = team_.issue("a");
  std::string before;
  const auto moved = [&] {
    const auto now = owner_.get(of(issue)).header("ETag");
    const bool differs = now != before;
    before = now;
    return differs;
  };
  EXPECT_TRUE(moved());
  ASSERT_EQ(owner_.post(of(issue, "/watch")).status, 200);
  EXPECT_TRUE(moved());
  ASSERT_EQ(owner_.post(of(issue, "/tags"), object("tag", "Fire")).status, 200);
  EXPECT_TRUE(moved());
  const auto commit = owner_.post(of(issue, "/commits"), object("sha", "ABCDEF1", "message", "Fix", "author_email", owner_.email));
  ASSERT_EQ(commit.status, 201) << commit;
  EXPECT_EQ(commit.text("/author_id"), owner_.user_id);
  EXPECT_TRUE(moved());
  ASSERT_EQ(owner_.post(of(issue, "/watch")).status, 200);
  ASSERT_EQ(owner_.post(of(issue, "/tags"), object("tag", "fire")).status, 200);
  EXPECT_FALSE(moved()) << "nothing was changed";

  EXPECT_EQ(count("/issues?tag=FIRE"), 1u);
  EXPECT_EQ(count("/issues?watcher=" + owner_.user_id), 1u);
  EXPECT_EQ(count("/commits?sha=abcdef1"), 1u);
  EXPECT_EQ(owner_.get(of(issue) + "?expand=watchers,commits").text("/commits/0/id"), commit.id());
  ASSERT_EQ(owner_.remove(of(issue, "/tags/fire")).status, 204);
  ASSERT_EQ(owner_.remove(of(issue, "/commits/" + commit.id())).status, 204);
  EXPECT_EQ(count("/issues?tag=fire"), 0u);
  EXPECT_EQ(count("/issues/" + issue + "/commits"), 0u);
}

TEST_F(IssueParts, AViewerWatchesAndWatchesNothingAfterLeaving) {
  auto viewer = team_.joined_by(daybook_, "viewer");
  const auto issue = team_.issue("a");
  ASSERT_EQ(viewer.post(of(issue, "/watch"), object("notify_on_update", false)).status, 200);
  EXPECT_EQ(count("/issues/" + issue + "/watchers"), 1u);
  EXPECT_EQ(viewer.post(of(issue, "/tags"), object("tag", "x")).status, 403);
  ASSERT_EQ(viewer.post(team_.in("/leave")).status, 204);
  EXPECT_EQ(count("/issues/" + issue + "/watchers"), 0u);
  EXPECT_EQ(count("/issues?watcher=" + viewer.user_id), 0u);
}

TEST_F(IssueParts, SubIssuesAreListedBelowTheirParent) {
  const auto parent = team_.issue("parent");
  const auto child = open(object("title", "child", "parent_id", parent));
  EXPECT_EQ(titles("/issues/" + parent + "/children"), "child");
  ASSERT_EQ(owner_.remove(of(child)).status, 204);
  EXPECT_EQ(titles("/issues/" + parent + "/children"), "");
}

TEST_F(IssueParts, ATransitionThatIsNotAllowedIsNamedWithThoseThatAre) {
  const auto issue = open(object("title", "a", "status", "todo"));
  ASSERT_EQ(owner_.patch(team_.in(), object("transition_table", "workflow_manager")).status, 200);
  const auto refused = owner_.patch(of(issue), object("status", "failed"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "transition-not-allowed");
  EXPECT_EQ(refused.pointer(), "/status");
  EXPECT_NE(refused.text("/detail").find("in_progress, done, blocked"), std::string::npos) << refused;
  EXPECT_EQ(owner_.patch(of(issue), object("status", "in_progress")).status, 200);
}

TEST_F(IssueParts, AnAmountKeepsItsDigits) {
  const auto made = owner_.post(team_.in("/issues"), R"({"title":"a","estimated_cost":1234567.000000001})");
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_NE(made.raw.find(R"("estimated_cost":1234567.000000001)"), std::string::npos) << made;
  EXPECT_EQ(made.text("/estimated_cost_currency"), "USD");
  EXPECT_NE(owner_.get(team_.in("/issues")).raw.find(R"("estimated_cost":1234567.000000001)"), std::string::npos);
}

}  // namespace
}  // namespace daybook::test::issue_test
