// If-Match, and how a reply is preferred.
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

class Conditions : public Desk {
 protected:
  Reply rename(const std::string& title, Headers headers) { return patch(in("/issues/ISSUE-1"), R"({"title":")" + title + R"("})", std::move(headers)); }
  void SetUp() override { post(in("/issues"), R"({"title":"One"})"); }
};

TEST_F(Conditions, AnyTagOfTheListMayBeMet) {
  EXPECT_EQ(rename("a", {{"If-Match", "\"v1\""}}).header("ETag"), "\"v2\"");
  EXPECT_EQ(rename("b", {{"If-Match", "\"v1\", \"v2-4711\""}}).header("ETag"), "\"v3\"");
  EXPECT_EQ(rename("c", {{"If-Match", "\"v1\""}, {"If-Match", "\"v3-9-abc\""}}).header("ETag"), "\"v4\"");
  EXPECT_EQ(rename("d", {{"If-Match", "*"}}).header("ETag"), "\"v5\"");
}

TEST_F(Conditions, WhatIsNotMetIsRefusedWithTheVersionThatIs) {
  for (const auto* tag : {"\"v2\"", "\"v1x\"", "W/\"v1\"", "\"foreign\"", "\"v\"", "\"v99999999999999999999\""}) {
    const auto reply = rename("Two", {{"If-Match", tag}});
    EXPECT_EQ(reply.status, 412) << tag << " " << reply;
    EXPECT_EQ(reply.code(), "version-conflict");
    EXPECT_EQ(reply.number("/current_version"), 1);
  }
}

TEST_F(Conditions, WhatIsNoTagIsSaidToBeNone) {
  for (const auto* broken : {"v1", "\"v1", "1", "*, \"v1\"", ""}) EXPECT_EQ(rename("Two", {{"If-Match", broken}}).code(), "bad-header") << broken;
}

TEST_F(Conditions, EveryKindOfCommandHeedsThem) {
  const Headers stale = {{"If-Match", "\"v999\""}};
  const auto red = post(in("/labels"), R"({"name":"red"})").id();
  EXPECT_EQ(remove(in("/issues/ISSUE-1"), stale).status, 412);
  EXPECT_EQ(post(in("/issues/ISSUE-1/assign"), R"({"assignee_id":")" + ann.id + R"("})", stale).status, 412);
  EXPECT_EQ(post(in("/issues/ISSUE-1/labels/" + red), "", stale).status, 412);
  EXPECT_EQ(remove(in("/labels/" + red), stale).status, 412);
  EXPECT_EQ(patch(in("/members/" + ann.id), R"({"role":"owner"})", stale).status, 412);
  EXPECT_EQ(patch(in(""), R"({"name":"Other"})", stale).status, 412);
  EXPECT_EQ(patch("/me", R"({"full_name":"Ann"})", stale).status, 412);
  EXPECT_EQ(post(in("/commands"), R"({"commands":[{"type":"label.change","id":")" + red + R"(","data":{"name":"x"},"if_version":999}]})").status, 412);
}

TEST_F(Conditions, AMembersVersionIsItsOwn) {
  const auto bob = sign_up("bob");
  const auto joined = post(in("/members"), R"({"email":"bob@example.org"})").header("ETag");
  post(in("/labels"), R"({"name":"red"})");
  EXPECT_EQ(patch(in("/members/" + bob.id), R"({"role":"viewer"})", {{"If-Match", joined}}).status, 200);
  EXPECT_EQ(remove(in("/members/" + bob.id), {{"If-Match", joined}}).status, 412);
}

TEST_F(Conditions, ADeploymentMayAskForThem) {
  tools.require_if_match = true;
  const auto reply = rename("Two", {});
  EXPECT_EQ(reply.status, 428) << reply;
  EXPECT_EQ(reply.code(), "precondition-required");
  EXPECT_EQ(remove(in("/issues/ISSUE-1")).status, 428);
  EXPECT_EQ(rename("Two", {{"If-Match", "\"v1\""}}).status, 200);
  EXPECT_EQ(post(in("/issues"), R"({"title":"New"})").status, 201);
}

class Preferences : public Desk {
 protected:
  Preferences() {
    tools.when_readable = [this](events::Position position, std::function<void()> then) {
      waited_for.push_back(position.value);
      then();
    };
  }
  Reply open(Headers headers) { return post(in("/issues"), R"({"title":"One"})", std::move(headers)); }
  std::vector<std::int64_t> waited_for;
};

TEST_F(Preferences, AReplyWaitsForTheReadModelsUnlessMinimalIsPreferred) {
  EXPECT_FALSE(open({}).has("Preference-Applied"));
  EXPECT_EQ(waited_for, std::vector<std::int64_t>{head()});
  EXPECT_EQ(open({{"Prefer", "respond-async, return=representation"}}).header("Preference-Applied"), "return=representation");
  EXPECT_EQ(waited_for.size(), 2u);
  const auto minimal = open({{"Prefer", "return=minimal;x=1, wait=3"}});
  EXPECT_EQ(minimal.header("Preference-Applied"), "return=minimal");
  EXPECT_EQ(minimal.text("/title"), "One");
  EXPECT_EQ(waited_for.size(), 2u);
}

TEST_F(Preferences, WhatCannotBeKeptIsNotClaimed) {
  tools.when_readable = nullptr;
  EXPECT_FALSE(open({{"Prefer", "return=representation"}}).has("Preference-Applied"));
  EXPECT_FALSE(open({{"Prefer", "return=poetry"}}).has("Preference-Applied"));
  EXPECT_FALSE(post(in("/issues"), "{}", {{"Prefer", "return=minimal"}}).has("Preference-Applied"));
}

}  // namespace
}  // namespace daybook::routes::test
