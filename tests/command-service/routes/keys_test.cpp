// Who calls without signing in: agents by their tokens, people by API keys. Each is told once, counts from the next command on, and
// ends with the next one.
#include <set>

#include "platform/crypto/checked_token.hpp"
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

class Keys : public Desk {
 protected:
  Keys() { issue = post(in("/issues"), R"({"title":"First light"})").id(); }

  Person agent(const std::string& body = R"({"name":"Robot"})") {
    const auto made = post(in("/agents"), body);
    EXPECT_EQ(made.status, 201) << made;
    return {made.id(), made.text("/token"), ""};
  }
  Person key(const std::string& permissions, const std::string& more = "") {
    const auto made = post(in("/api-keys"), R"({"name":"CI","permissions":)" + permissions + more + "}");
    EXPECT_EQ(made.status, 201) << made;
    return {made.id(), made.text("/key"), ""};
  }
  void assign(const Person& to) { EXPECT_EQ(post(in("/issues/" + issue + "/assign"), R"({"assignee_id":")" + to.id + "\"}").status, 200); }
  Reply change(const Person& by, const std::string& body = R"({"status":"in_progress"})") { return send(by, "PATCH", in("/issues/" + issue), body); }
  Reply open(const Person& by) { return send(by, "POST", in("/issues"), R"({"title":"By key"})"); }
  std::vector<events::Envelope> all() { return log->read(events::Position{}, 10000, 16 << 20); }
  events::Envelope last() { return all().back(); }
  std::int64_t count_of(std::string_view type) {
    const auto events = all();
    return std::count_if(events.begin(), events.end(), [&](const auto& event) { return event.type == type; });
  }
  // What is written behind an answer is there a moment later.
  bool comes_to(std::string_view type, std::int64_t count) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (count_of(type) < count && std::chrono::steady_clock::now() < deadline) post(in("/labels"), "{}");
    return count_of(type) == count;
  }

  std::string issue;
};

// ---- agents ----------------------------------------------------------------------------------------------------------

TEST_F(Keys, AnAgentsTokenIsToldOnceAndActsAsTheAgent) {
  const auto made = post(in("/agents"), R"({"id":"0193fc00-0000-7000-8000-000000000001","name":"Robot"})");
  ASSERT_EQ(made.status, 201) << made;
  const Person robot{made.id(), made.text("/token"), ""};
  EXPECT_TRUE(robot.token.starts_with("dba_")) << made;
  EXPECT_EQ(made.header("Cache-Control"), "no-store");
  EXPECT_FALSE(made.text("/token_issued_at").empty());
  assign(robot);
  const auto changed = change(robot);
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(last().type, "issue.status_changed");
  EXPECT_EQ(last().actor_type, events::ActorType::agent);
  EXPECT_EQ(last().actor_id->text(), robot.id);
  const auto again = post(in("/agents"), R"({"id":"0193fc00-0000-7000-8000-000000000001","name":"Robot"})");
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.header("ETag"), made.header("ETag"));
  EXPECT_TRUE(again.at("/token").is_null()) << again;
  EXPECT_TRUE(patch(in("/agents/" + robot.id), R"({"name":"Other"})").at("/token").is_null());
}

TEST_F(Keys, AnIdempotencyKeyRepeatsNoSecret) {
  const Headers once{{"Idempotency-Key", "one"}};
  const auto made = post(in("/agents"), R"({"name":"Robot"})", once);
  const auto again = post(in("/agents"), R"({"name":"Robot"})", once);
  EXPECT_EQ(again.id(), made.id());
  EXPECT_FALSE(made.text("/token").empty());
  EXPECT_TRUE(again.at("/token").is_null()) << again;
  const auto key_made = post(in("/api-keys"), R"({"name":"CI","permissions":["*"]})", {{"Idempotency-Key", "two"}});
  const auto key_again = post(in("/api-keys"), R"({"name":"CI","permissions":["*"]})", {{"Idempotency-Key", "two"}});
  EXPECT_EQ(key_again.id(), key_made.id());
  EXPECT_FALSE(key_made.text("/key").empty());
  EXPECT_TRUE(key_again.at("/key").is_null()) << key_again;
}

TEST_F(Keys, ReplacingATokenEndsTheOldOneWithThatVeryCommand) {
  const auto robot = agent();
  assign(robot);
  ASSERT_EQ(change(robot).status, 200);
  const auto replaced = post(in("/agents/" + robot.id + "/token"));
  ASSERT_EQ(replaced.status, 200) << replaced;
  const Person renewed{robot.id, replaced.text("/token"), ""};
  EXPECT_NE(renewed.token, robot.token);
  EXPECT_EQ(change(robot, R"({"status":"done"})").code(), "key-ended");
  EXPECT_EQ(change(renewed, R"({"status":"done"})").status, 200);
}

TEST_F(Keys, ARevokedTokenAndThatOfARetiredAgentAreOfNoUse) {
  auto robot = agent();
  assign(robot);
  ASSERT_EQ(remove(in("/agents/" + robot.id + "/token")).status, 204);
  EXPECT_EQ(change(robot).status, 401);
  robot.token = post(in("/agents/" + robot.id + "/token")).text("/token");
  ASSERT_EQ(change(robot).status, 200);
  ASSERT_EQ(remove(in("/agents/" + robot.id)).status, 204);
  EXPECT_EQ(change(robot, R"({"status":"done"})").code(), "key-ended");
  ASSERT_EQ(post(in("/agents/" + robot.id + "/restore")).status, 200);
  EXPECT_EQ(change(robot, R"({"status":"done"})").status, 401) << "it does not come back with its agent";
}

TEST_F(Keys, ADeletedWorkspaceEndsItsAgents) {
  const auto robot = agent();
  assign(robot);
  ASSERT_EQ(change(robot).status, 200);
  ASSERT_EQ(remove(in("")).status, 204);
  EXPECT_EQ(change(robot, R"({"status":"done"})").status, 404);
}

TEST_F(Keys, AnAgentWritesToWhatIsAssignedToItAndNoFurther) {
  const auto robot = agent();
  EXPECT_EQ(change(robot).status, 403);
  assign(robot);
  EXPECT_EQ(change(robot).status, 200);
  EXPECT_EQ(change(robot, R"({"title":"Mine"})").status, 403);
  EXPECT_EQ(send(robot, "POST", in("/issues/" + issue + "/comments"), R"({"content":"On it"})").status, 201);
  EXPECT_EQ(send(robot, "POST", in("/issues/" + issue + "/block"), R"({"blocked_reason":"waiting"})").status, 200);
  EXPECT_EQ(send(robot, "DELETE", in("/issues/" + issue)).status, 403);
  EXPECT_EQ(send(robot, "POST", in("/issues/" + issue + "/unassign")).status, 403);
  EXPECT_EQ(open(robot).status, 403);
  EXPECT_EQ(send(robot, "PATCH", in("/agents/" + robot.id), R"({"name":"Free"})").status, 403) << "not even itself";
  EXPECT_EQ(send(robot, "POST", in("/agents/" + robot.id + "/token")).status, 403);
  EXPECT_EQ(post(in("/issues/" + issue + "/unassign")).status, 200);
  EXPECT_EQ(change(robot, R"({"status":"done"})").status, 403) << "it is no longer its own";
}

TEST_F(Keys, ABulkLetsAnAgentNoFurther) {
  const auto robot = agent();
  assign(robot);
  const auto commands = R"({"atomic":false,"commands":[{"type":"issue.change","id":")" + issue + R"(","data":{"status":"done"}},)"
                        R"({"type":"issue.delete","id":")" + issue + R"("},{"type":"issue.open","data":{"title":"More"}}]})";
  const auto reply = send(robot, "POST", in("/commands"), commands);
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.number("/items/0/status"), 200) << reply;
  EXPECT_EQ(reply.number("/items/1/status"), 403) << reply;
  EXPECT_EQ(reply.number("/items/2/status"), 403) << reply;
  const auto other = send(ann, "POST", "/workspaces", R"({"name":"Other"})").id();
  EXPECT_EQ(send(robot, "POST", "/workspaces/" + other + "/commands", commands).status, 404);
}

TEST_F(Keys, ABulkTellsNoTokenAndSoIssuesNone) {
  const auto reply = post(in("/commands"), R"({"atomic":false,"commands":[{"type":"agent.register","data":{"name":"Robot"}},)"
                                           R"({"type":"api_key.issue","data":{"name":"CI","permissions":["*"]}}]})");
  EXPECT_EQ(reply.number("/items/0/status"), 201) << reply;
  EXPECT_EQ(reply.text("/items/1/code"), "told-alone") << reply;
  EXPECT_EQ(count_of("agent.token_issued"), 0);
}

TEST_F(Keys, NothingOutsideItsWorkspaceIsForAnAgent) {
  const auto robot = agent();
  const auto other = send(ann, "POST", "/workspaces", R"({"name":"Other"})").id();
  EXPECT_EQ(send(robot, "POST", "/workspaces/" + other + "/labels", R"({"name":"x"})").status, 404);
  EXPECT_EQ(send(robot, "PATCH", "/me", "{}").status, 403);
  EXPECT_EQ(send(robot, "POST", "/workspaces", R"({"name":"Mine"})").status, 403);
  EXPECT_EQ(send(robot, "POST", "/me/notifications/read-all").status, 403);
}

TEST_F(Keys, EveryCommandThatSaysNothingIsNotForAgents) {
  // Whatever can be sent without a body, about the agent's own issue and about itself, but for that and for its own runs
  const auto robot = agent();
  assign(robot);
  const std::set<std::string_view> for_agents{"changeIssue", "unblockIssue", "requestExecutionByPath", "claimExecution"};
  int tried = 0;
  const auto before = head();
  for (const auto* route : [&] {
         std::vector<const api::Route*> found;
         for (const auto& route : api->routes())
           if (route.summary.find('.') != route.summary.npos && !for_agents.contains(route.id)) found.push_back(&route);
         return found;
       }()) {
    auto path = std::string(route->path).substr(std::string("/api/v1").size());
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"{workspace}", crew}, {"{issue}", issue}, {"{agent}", robot.id}})
      if (const auto at = path.find(name); at != path.npos) path.replace(at, name.size(), value);
    const auto reply = send(robot, std::string(route->method), path, "{}");
    EXPECT_GE(reply.status, 400) << route->id << ": " << reply;
    EXPECT_LT(reply.status, 500) << route->id << ": " << reply;
    ++tried;
  }
  EXPECT_GT(tried, 60);
  EXPECT_EQ(head(), before) << "something was written";
}

// ---- API keys --------------------------------------------------------------------------------------------------------

TEST_F(Keys, AKeyActsAsItsHolderAndIsNamedBesideThem) {
  const auto ci = key(R"(["issues:write"])");
  EXPECT_TRUE(ci.token.starts_with("dbk_"));
  ASSERT_EQ(open(ci).status, 201);
  const auto events = all();
  const auto opened = std::find_if(events.rbegin(), events.rend(), [](const auto& event) { return event.type == "issue.opened"; });
  EXPECT_EQ(opened->actor_type, events::ActorType::user);
  EXPECT_EQ(opened->actor_id->text(), ann.id);
  EXPECT_EQ(opened->via_type, events::ViaType::api_key);
  EXPECT_EQ(opened->via_id->text(), ci.id);
}

TEST_F(Keys, NeitherTheKeyNorItsDigestStandsInTheLog) {
  const auto ci = key(R"(["*"])");
  const auto digest = crypto::token_digest(ci.token);
  for (const auto& event : all())
    for (const auto& secret : {ci.token, digest}) {
      EXPECT_EQ(event.data.find(secret), event.data.npos) << event.type;
      EXPECT_EQ(event.personal.value_or("").find(secret), std::string::npos) << event.type;
    }
  EXPECT_EQ(patch(in("/api-keys/" + ci.id), R"({"name":"Other"})").raw.find(digest), std::string::npos);
}

TEST_F(Keys, WhatAKeyLacksIsNamed) {
  const auto ci = key(R"(["labels:write","issues:read"])");
  const auto reply = open(ci);
  EXPECT_EQ(reply.status, 403) << reply;
  EXPECT_EQ(reply.code(), "missing-scope");
  EXPECT_NE(reply.text("/detail").find("issues:write"), std::string::npos) << reply;
  EXPECT_EQ(send(ci, "POST", in("/labels"), R"({"name":"urgent"})").status, 201);
}

TEST_F(Keys, AKeyMayNoMoreThanItsHolderMayAtThatTime) {
  const auto max = sign_up("max");
  const auto joined = post(in("/members"), R"({"user_id":")" + max.id + R"(","role":"member"})");
  ASSERT_EQ(joined.status, 201) << joined;
  const auto made = send(max, "POST", in("/api-keys"), R"({"name":"CI","permissions":["*"]})");
  const Person theirs{made.id(), made.text("/key"), ""};
  EXPECT_EQ(open(theirs).status, 201);
  EXPECT_EQ(send(theirs, "PATCH", in(""), R"({"name":"Taken over"})").status, 403);
  ASSERT_EQ(patch(in("/members/" + max.id), R"({"role":"viewer"})").status, 200);
  EXPECT_EQ(open(theirs).status, 403);
  ASSERT_EQ(remove(in("/members/" + max.id)).status, 204);
  EXPECT_EQ(open(theirs).status, 404) << "to them the workspace is not there any more";
}

TEST_F(Keys, ARevokedKeyIsOfNoUseFromThatCommandOn) {
  const auto ci = key(R"(["*"])");
  ASSERT_EQ(open(ci).status, 201);
  ASSERT_EQ(remove(in("/api-keys/" + ci.id)).status, 204);
  EXPECT_EQ(open(ci).code(), "key-ended");
  start_again();
  EXPECT_EQ(open(ci).status, 401);
}

TEST_F(Keys, AKeyEndsWhenItsTimeIsOverAndThatIsWrittenDown) {
  const auto expiry = text::format_instant(tools.clock() + std::chrono::hours(1));
  const auto ci = key(R"(["*"])", R"(,"expires_at":")" + expiry + "\"");
  ASSERT_EQ(open(ci).status, 201);
  *seconds_ahead = 2 * 3600;
  ann.token = send({}, "POST", "/auth/login", R"({"email":"ann@example.org","password":"correct horse"})").text("/access_token");
  EXPECT_EQ(open(ci).code(), "key-ended");
  EXPECT_TRUE(comes_to("api_key.expired", 1));
}

TEST_F(Keys, ThatItWasUsedIsWrittenBehindTheAnswerOnceAMinute) {
  const auto ci = key(R"(["*"])");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(open(ci).status, 201);
  EXPECT_TRUE(comes_to("api_key.used", 1));
  *seconds_ahead = 61;
  EXPECT_EQ(open(ci).status, 201);
  EXPECT_TRUE(comes_to("api_key.used", 2));
}

TEST_F(Keys, NoKeyManagesKeysPasswordsOrSessions) {
  const auto ci = key(R"(["*"])");
  EXPECT_EQ(send(ci, "POST", in("/api-keys"), R"({"name":"More","permissions":["*"]})").status, 403);
  EXPECT_EQ(send(ci, "PATCH", in("/api-keys/" + ci.id), R"({"name":"Mine"})").status, 403);
  EXPECT_EQ(send(ci, "DELETE", in("/api-keys/" + ci.id)).status, 403);
  EXPECT_EQ(send(ci, "PATCH", "/me", R"({"locale":"de"})").status, 403);
  EXPECT_EQ(send(ci, "POST", "/me/password", R"({"current_password":"correct horse","new_password":"another long day"})").status, 403);
  EXPECT_EQ(send(ci, "DELETE", "/me").status, 403);
  EXPECT_EQ(send(ci, "POST", "/workspaces", R"({"name":"Mine"})").status, 403);
  EXPECT_EQ(send(ci, "DELETE", in("")).status, 403);
}

TEST_F(Keys, AKeyIsGoodInItsWorkspaceAlone) {
  const auto ci = key(R"(["*"])");
  const auto other = send(ann, "POST", "/workspaces", R"({"name":"Other"})").id();
  EXPECT_EQ(send(ci, "POST", "/workspaces/" + other + "/issues", R"({"title":"By key"})").status, 404);
  EXPECT_EQ(send(ci, "POST", "/workspaces/" + other + "/commands", R"({"commands":[{"type":"issue.open","data":{"title":"a"}}]})").status, 404);
  EXPECT_EQ(send(ann, "POST", "/workspaces/" + other + "/issues", R"({"title":"By Ann"})").status, 201);
}

TEST_F(Keys, ABulkTakesTheWordsOfItsCommands) {
  const auto ci = key(R"(["issues:write"])");
  const auto reply = send(ci, "POST", in("/commands"), R"({"atomic":false,"commands":[{"type":"issue.open","data":{"title":"a"}},)"
                                                       R"({"type":"label.define","data":{"name":"urgent"}}]})");
  EXPECT_EQ(reply.number("/items/0/status"), 201) << reply;
  EXPECT_EQ(reply.text("/items/1/code"), "missing-scope") << reply;
}

TEST_F(Keys, OneOfAnotherSystemIsProvedByUse) {
  const std::string text = "af_0123456789abcdef";
  const auto made = post(in("/api-keys"), R"({"name":"Old","permissions":["issues:write","blueprints:publish"],"key_hash":")" + crypto::token_digest(text) + "\"}");
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_TRUE(made.at("/key").is_null());
  EXPECT_EQ(open({made.id(), text, ""}).status, 201);
  EXPECT_EQ(open({made.id(), "af_0123456789abcdee", ""}).status, 401);
}

TEST_F(Keys, WhoseAKeyIsIsKnownAfterAStart) {
  const auto ci = key(R"(["*"])");
  const auto robot = agent();
  assign(robot);
  start_again();
  EXPECT_EQ(open(ci).status, 201);
  EXPECT_EQ(change(robot).status, 200);
}

}  // namespace
}  // namespace daybook::routes::test
