// Being told of what concerns one: once, by preference, and only while one may see what it is about.
#include <gtest/gtest.h>

#include "tests/e2e/things.hpp"

namespace daybook::test::notifications_test {
namespace {

constexpr std::chrono::seconds limit{60};

class Notified : public ::testing::Test {
 protected:
  // What the person has been told, the newest first.
  static std::vector<std::string> told(Caller& who, const std::string& question = "") {
    std::vector<std::string> types;
    for (const auto& row : who.get("/me/notifications?limit=200" + question).rows()) types.emplace_back(row.at("type").as_string());
    return types;
  }
  // All that happens before a marker is looked at before it: when the marker has come, so has the rest. The marker is for
  // somebody of its own, who sees nothing else.
  void all_is_told() {
    ASSERT_EQ(team_.owner.post(team_.in("/issues/" + team_.issue("Marker") + "/assign"), object("assignee_id", marker_.user_id)).status, 200);
    ++markers_;
    ASSERT_TRUE(wait_until([&] { return told(marker_).size() == markers_; }, limit));
  }
  void assign(Caller& by, const std::string& issue, const std::string& to) {
    ASSERT_EQ(by.post(issue + "/assign", object("assignee_id", to)).status, 200);
  }
  static std::int64_t unread(Caller& who) { return who.get("/me").number("/unread_notifications"); }
  using Types = std::vector<std::string>;

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller max_ = team_.joined_by(daybook_, "member"), ada_ = team_.joined_by(daybook_, "admin"), marker_ = team_.joined_by(daybook_, "member");
  std::string issue_ = team_.in("/issues/" + team_.issue("Second light"));
  std::size_t markers_ = 0;
};

TEST_F(Notified, AnAssignmentTellsWhoIsAssignedAndNobodyElse) {
  assign(team_.owner, issue_, max_.user_id);
  assign(ada_, team_.in("/issues/" + team_.issue("Ada's")), ada_.user_id);
  all_is_told();
  EXPECT_EQ(told(max_), Types{"task_assigned"});
  EXPECT_EQ(told(ada_), Types{}) << "she did it herself";
  EXPECT_EQ(told(team_.owner), Types{});
  const auto row = max_.get("/me/notifications?expand=related_issue,caused_by");
  EXPECT_EQ(row.text("/data/0/related_issue/title"), "Second light") << row;
  EXPECT_EQ(row.text("/data/0/caused_by/id"), team_.owner.user_id) << row;
  EXPECT_EQ(row.text("/data/0/content"), "Second light");
  EXPECT_EQ(row.at("/data/0/is_read"), false);
  EXPECT_EQ(unread(max_), 1);
  // And no workspace tells of it
  for (const auto& entry : team_.owner.all(team_.in("/activity"))) EXPECT_NE(entry.at("actor_type"), "system") << json::serialize(entry);
}

TEST_F(Notified, AMentionAndAnAnswerTellOnce) {
  const auto question = max_.post(issue_ + "/comments", object("content", "What is it?")).id();
  ASSERT_EQ(team_.owner.post(issue_ + "/comments", object("content", "A light", "parent_id", question)).status, 201);
  ASSERT_EQ(team_.owner.post(issue_ + "/comments", object("content", "Look", "mentions", std::vector<std::string>{max_.user_id, ada_.user_id}, "parent_id", question)).status,
            201);
  ASSERT_EQ(max_.post(issue_ + "/comments", object("content", "I see", "mentions", std::vector<std::string>{max_.user_id}, "parent_id", question)).status, 201);
  all_is_told();
  EXPECT_EQ(told(max_), (Types{"mentioned", "comment_reply"}));
  EXPECT_EQ(told(ada_), Types{"mentioned"});
  EXPECT_EQ(max_.get("/me/notifications?type=comment_reply").rows().size(), 1u);
  EXPECT_EQ(max_.get("/me/notifications").text("/data/0/content"), "Look");
}

TEST_F(Notified, AWatchedChangeTellsWhoWishesToBeTold) {
  ASSERT_EQ(max_.post(issue_ + "/watch").status, 200);
  ASSERT_EQ(ada_.post(issue_ + "/watch", object("notify_on_update", false)).status, 200);
  ASSERT_EQ(team_.owner.patch(issue_, object("status", "in_progress")).status, 200);
  ASSERT_EQ(max_.patch(issue_, object("priority", "high")).status, 200);
  ASSERT_EQ(ada_.patch(issue_, object("status", "done")).status, 200);
  all_is_told();
  EXPECT_EQ(told(max_), (Types{"task_completed", "task_updated"}));
  EXPECT_EQ(told(ada_), Types{});
  EXPECT_EQ(told(team_.owner), Types{"task_completed"}) << "it was hers";
}

TEST_F(Notified, WhoIsTakenIntoAProjectIsTold) {
  const auto project = team_.owner.post(team_.in("/projects"), object("name", "Payments", "visibility", "private")).id();
  ASSERT_EQ(team_.owner.post(team_.in("/projects/" + project + "/members"), object("user_id", max_.user_id)).status, 201);
  all_is_told();
  EXPECT_EQ(told(max_), Types{"project_invite"});
  // Until they are not in it any more
  ASSERT_EQ(team_.owner.remove(team_.in("/projects/" + project + "/members/" + max_.user_id)).status, 204);
  EXPECT_EQ(told(max_), Types{});
  EXPECT_EQ(unread(max_), 0);
}

TEST_F(Notified, PreferencesAreHeeded) {
  ASSERT_EQ(max_.patch("/me", R"({"preferences":{"notifications":{"mentions":false,"assignments":false}}})").status, 200);
  assign(team_.owner, issue_, max_.user_id);
  ASSERT_EQ(team_.owner.post(issue_ + "/comments", object("content", "Look", "mentions", std::vector<std::string>{max_.user_id})).status, 201);
  all_is_told();
  EXPECT_EQ(told(max_), Types{});
}

TEST_F(Notified, WhatSomebodyMayNotSeeTellsThemNothing) {
  const auto project = team_.owner.post(team_.in("/projects"), object("name", "Secret", "visibility", "private")).id();
  const auto secret = team_.owner.post(team_.in("/issues"), object("title", "Secret", "project_id", project)).id();
  const auto on = team_.in("/issues/" + secret + "/comments");
  ASSERT_EQ(team_.owner.post(on, object("content", "Psst", "mentions", std::vector<std::string>{max_.user_id, ada_.user_id})).status, 201);
  all_is_told();
  EXPECT_EQ(told(max_), Types{});
  EXPECT_EQ(told(ada_), Types{"mentioned"}) << "an admin sees all";
}

TEST_F(Notified, AreReadDismissedAndRestored) {
  for (int n = 0; n < 3; ++n) assign(team_.owner, team_.in("/issues/" + team_.issue()), max_.user_id);
  all_is_told();
  const auto rows = max_.get("/me/notifications").rows();
  ASSERT_EQ(rows.size(), 3u);
  const auto one = [&](std::size_t n) { return "/me/notifications/" + std::string(rows[n].at("id").as_string()); };
  EXPECT_EQ(unread(max_), 3);
  const auto etag = max_.get("/me").header("ETag");
  ASSERT_EQ(max_.post(one(0) + "/read").status, 204);
  EXPECT_EQ(max_.get("/me", {{"If-None-Match", etag}}).status, 200);
  EXPECT_EQ(max_.get(one(0)).at("/is_read"), true);
  EXPECT_FALSE(max_.get(one(0)).at("/read_at").is_null());
  EXPECT_EQ(max_.get("/me/notifications?is_read=false").rows().size(), 2u);
  EXPECT_EQ(unread(max_), 2);
  // Another's is not there
  EXPECT_EQ(ada_.get(one(0)).status, 404);
  EXPECT_EQ(ada_.post(one(0) + "/read").status, 404);
  EXPECT_EQ(ada_.remove(one(0)).status, 404);

  ASSERT_EQ(max_.remove(one(1)).status, 204);
  EXPECT_EQ(max_.get(one(1)).status, 404);
  EXPECT_EQ(max_.get("/me/notifications?deleted=only").rows().size(), 1u);
  EXPECT_EQ(unread(max_), 1);
  ASSERT_EQ(max_.post(one(1) + "/restore").status, 204);
  EXPECT_EQ(unread(max_), 2);

  ASSERT_EQ(max_.post("/me/notifications/read-all").status, 204);
  EXPECT_EQ(unread(max_), 0);
  EXPECT_EQ(max_.get("/me/notifications?is_read=true").rows().size(), 3u);
  // What comes later is unread
  assign(team_.owner, issue_, max_.user_id);
  all_is_told();
  EXPECT_EQ(unread(max_), 1);
}

TEST_F(Notified, LeaveTheProfileItsVersion) {
  const auto seen = max_.get("/me").header("ETag");
  assign(team_.owner, issue_, max_.user_id);
  all_is_told();
  ASSERT_EQ(max_.post("/me/notifications/read-all").status, 204);
  const auto changed = max_.patch("/me", R"({"full_name":"Max"})", {{"If-Match", seen}});
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(max_.get("/me").number("/version"), changed.number("/version"));
  EXPECT_EQ(max_.patch("/me", R"({"full_name":"Moritz"})", {{"If-Match", seen}}).status, 412) << "the profile itself has moved on";
}

TEST_F(Notified, LeavingHidesThemAndJoiningAgainShowsThem) {
  assign(team_.owner, issue_, max_.user_id);
  all_is_told();
  const auto id = max_.get("/me/notifications").text("/data/0/id");
  ASSERT_EQ(max_.post(team_.in("/leave")).status, 204);
  EXPECT_EQ(told(max_), Types{});
  EXPECT_EQ(max_.get("/me/notifications/" + id).status, 404);
  EXPECT_EQ(unread(max_), 0);
  ASSERT_EQ(team_.owner.post(team_.in("/members"), object("user_id", max_.user_id)).status, 201);
  EXPECT_EQ(told(max_), Types{"task_assigned"});
  EXPECT_EQ(unread(max_), 1);
  // And so does what it is about
  ASSERT_EQ(team_.owner.remove(issue_).status, 204);
  EXPECT_EQ(told(max_), Types{});
  ASSERT_EQ(team_.owner.post(issue_ + "/restore").status, 200);
  EXPECT_EQ(told(max_), Types{"task_assigned"});
}

TEST_F(Notified, AreThoseOfAllOnesWorkspacesAndFilteredByOne) {
  Team other(daybook_, "Other Lab");
  told_of_something(other, max_);
  assign(team_.owner, issue_, max_.user_id);
  all_is_told();
  EXPECT_EQ(told(max_).size(), 2u);
  EXPECT_EQ(told(max_, "&workspace=" + other.id).size(), 1u);
  EXPECT_EQ(told(max_, "&workspace=" + team_.id).size(), 1u);
}

}  // namespace
}  // namespace daybook::test::notifications_test
