// From a path to a command and back: what goes in by the path, what comes out in the reply.
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

class Commands : public Desk {
 protected:
  Reply open(const std::string& title) { return post(in("/issues"), R"({"title":")" + title + R"("})"); }
};

TEST_F(Commands, ANewThingIsAnsweredWithItsFieldsItsPlaceAndItsVersion) {
  const auto reply = open("First light");
  ASSERT_EQ(reply.status, 201) << reply;
  EXPECT_EQ(reply.text("/title"), "First light");
  EXPECT_EQ(reply.text("/identifier"), "ISSUE-1");
  EXPECT_TRUE(reply.at("/description").is_null());
  EXPECT_EQ(reply.header("ETag"), "\"v1\"");
  EXPECT_EQ(reply.header("Location"), "/api/v1" + in("/issues/") + reply.id());
  EXPECT_EQ(reply.header("Daybook-Position"), std::to_string(head()));
}

TEST_F(Commands, AThingIsNamedByIdOrByItsShortAddress) {
  const auto issue = open("One");
  EXPECT_EQ(patch(in("/issues/" + issue.id()), R"({"priority":"high"})").text("/priority"), "high");
  EXPECT_EQ(patch(in("/issues/ISSUE-1"), R"({"priority":"low"})").text("/priority"), "low");
  EXPECT_EQ(patch(in("/issues/ISSUE-2"), R"({"priority":"low"})").code(), "not-found");
}

TEST_F(Commands, WhatGoesAwayIsAnsweredWithoutABody) {
  const auto issue = open("One");
  const auto reply = remove(in("/issues/" + issue.id()));
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.raw, "");
  EXPECT_EQ(reply.header("ETag"), "\"v2\"");
}

TEST_F(Commands, ACommentLiesBelowTheIssueOfItsPath) {
  const auto issue = open("One");
  const auto comment = post(in("/issues/ISSUE-1/comments"), R"({"content":"Well."})");
  ASSERT_EQ(comment.status, 201) << comment;
  EXPECT_EQ(comment.text("/issue_id"), issue.id());
}

TEST_F(Commands, ALabelIsAttachedByBodyOrByPathAndDetachedByPath) {
  open("One");
  const auto label = post(in("/labels"), R"({"name":"red"})");
  ASSERT_EQ(label.status, 201) << label;
  const auto link = post(in("/issues/ISSUE-1/labels"), R"({"label_id":")" + label.id() + R"("})");
  ASSERT_EQ(link.status, 201) << link;
  EXPECT_EQ(link.text("/label_id"), label.id());
  EXPECT_EQ(link.header("Location"), "/api/v1" + in("/issues/ISSUE-1/labels/") + label.id());
  EXPECT_EQ(remove(in("/issues/ISSUE-1/labels/" + label.id())).status, 204);
  const auto again = post(in("/issues/ISSUE-1/labels/" + label.id()));
  ASSERT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.header("Location"), "/api/v1" + in("/issues/ISSUE-1/labels/") + label.id());
}

TEST_F(Commands, AMemberIsFoundUnderTheIdOfItsUser) {
  const auto bob = sign_up("bob");
  const auto member = post(in("/members"), R"({"email":"bob@example.org","role":"viewer"})");
  ASSERT_EQ(member.status, 201) << member;
  EXPECT_EQ(member.text("/user_id"), bob.id);
  EXPECT_EQ(member.header("Location"), "/api/v1" + in("/members/") + bob.id);
  EXPECT_EQ(patch(in("/members/" + bob.id), R"({"role":"member"})").text("/role"), "member");
  EXPECT_EQ(remove(in("/members/" + bob.id)).status, 204);
  EXPECT_EQ(remove(in("/members/" + bob.id)).code(), "not-found");
}

TEST_F(Commands, LabelsAndMembersShowVersionsOfTheirOwn) {
  const auto red = post(in("/labels"), R"({"name":"red"})");
  post(in("/labels"), R"({"name":"blue"})");
  EXPECT_EQ(red.header("ETag"), "\"v3\"");
  const auto unchanged = patch(in("/labels/" + red.id()), R"({"name":"red"})");
  EXPECT_EQ(unchanged.header("ETag"), "\"v3\"");
  EXPECT_EQ(unchanged.text("/name"), "red");
  EXPECT_EQ(patch(in("/labels/" + red.id()), R"({"name":"crimson"})", {{"If-Match", "\"v3\""}}).header("ETag"), "\"v5\"");
  EXPECT_EQ(patch(in("/labels/" + red.id()), R"({"name":"red"})", {{"If-Match", "\"v3\""}}).number("/current_version"), 5);
}

TEST_F(Commands, ABulkNamesEachThingAndItsOwnVersion) {
  const auto red = post(in("/labels"), R"({"name":"red"})");
  const auto issue = open("One");
  const auto reply = post(in("/commands"), R"({"commands":[
      {"type":"label.define","data":{"name":"blue"}},
      {"type":"label.change","id":")" + red.id() + R"(","data":{"name":"red"}},
      {"type":"issue.assign","id":"ISSUE-1","data":{"assignee_id":")" + ann.id + R"("}}]})");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.number("/items/0/version"), 4);
  EXPECT_EQ(reply.text("/items/1/id"), red.id());
  EXPECT_EQ(reply.number("/items/1/version"), 3);
  EXPECT_EQ(reply.text("/items/2/id"), issue.id());
  EXPECT_EQ(reply.number("/items/2/version"), 2);
}

TEST_F(Commands, ABulkKnowsOnlyWhatIsSentToAWorkspace) {
  const auto reply = post(in("/commands"), R"({"commands":[{"type":"workspace.create","data":{"name":"Two"}}]})");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.code(), "unknown-type");
}

TEST_F(Commands, AWorkspaceIsMadeByWhoeverIsSignedIn) {
  const auto reply = post("/workspaces", R"({"name":"Night watch","slug":"night"})");
  ASSERT_EQ(reply.status, 201) << reply;
  EXPECT_EQ(reply.header("Location"), "/api/v1/workspaces/" + reply.id());
  EXPECT_EQ(patch("/workspaces/night", R"({"name":"Day watch"})").text("/name"), "Day watch");
  EXPECT_EQ(send(sign_up("bob"), "PATCH", "/workspaces/night", R"({"name":"Mine"})").code(), "not-found");
}

}  // namespace
}  // namespace daybook::routes::test
