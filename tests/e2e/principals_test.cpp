// Who calls without signing in, over every route there is: an agent by its token, a person by an API key. What they may is written down
// in permission_rules.cpp once more.
#include <gtest/gtest.h>

#include "tests/e2e/permission_rules.hpp"
#include "tests/e2e/things.hpp"
#include "tests/support/support.hpp"

namespace daybook::test::principals_test {
namespace {

class Principals : public ::testing::Test {
 protected:
  Principals() : values_(make_things(team_.owner, team_.id)) {
    guest_ = newcomer(daybook_, "guest").user_id;
    values_["guest"] = guest_;
  }

  // Reads what anybody has written before, as every caller of these tests does.
  Caller with(const std::string& token) { return Caller(daybook_, token); }
  Caller agent() { return with(team_.owner.post(team_.in("/agents/" + values_["agent"] + "/token")).text("/token")); }
  Reply issued(const json::array& permissions) { return team_.owner.post(team_.in("/api-keys"), object("name", "CI", "permissions", permissions)); }
  Caller key(const json::array& permissions) { return with(issued(permissions).text("/key")); }
  std::vector<Operation> below_a_workspace() {
    auto operations = all_operations(team_.owner);
    std::erase_if(operations, [](const auto& operation) { return !operation.in_workspace() || operation.streams; });
    EXPECT_GT(operations.size(), 60u);
    return operations;
  }
  Reply send(Caller& caller, const Operation& operation) {
    return caller.send(operation.method, path_of(operation, values_), body_of(operation, values_));
  }
  static bool is_reading(const Operation& operation) { return operation.method == "GET" || operation.id == "issueEventTicket"; }
  static bool is_good(const Reply& reply) { return reply.status >= 200 && reply.status < 300; }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Values values_;
  std::string guest_;
};

TEST_F(Principals, AnAgentReadsAsAViewerDoesAndWritesToItsIssueAlone) {
  auto robot = agent();
  ASSERT_EQ(team_.owner.post(team_.in("/issues/" + values_["issue"] + "/assign"), object("assignee_id", values_["agent"])).status, 200);
  const auto may = [](const Operation& operation) {
    return for_agents().contains(operation.id) || (is_reading(operation) && rules().at(operation.id) == Needs::viewer);
  };
  // What it may not comes first, so that everything is still there.
  const auto operations = below_a_workspace();
  // That it was refused is written down for auditors, and nothing else.
  const auto newest = [&] { return team_.owner.get(team_.in("/activity?limit=1")).number("/data/0/position"); };
  const auto before = newest();
  for (const auto& operation : operations) {
    if (may(operation)) continue;
    const auto reply = send(robot, operation);
    // Of a run that is not its own it may learn first that nobody has claimed it or that it has not ended.
    const bool of_a_run = operation.path.find("/{execution}/") != operation.path.npos && reply.status == 409;
    EXPECT_TRUE(reply.status == 403 || of_a_run || (rules().at(operation.id) == Needs::holder && reply.status == 404)) << operation << ": " << reply;
  }
  EXPECT_EQ(newest(), before) << "something was written";
  for (const auto& operation : operations)
    if (may(operation)) { EXPECT_TRUE(is_good(send(robot, operation))) << operation << ": " << send(robot, operation); }
}

TEST_F(Principals, ToAnAgentAnotherWorkspaceAndAPrivateProjectAreNotThere) {
  auto robot = agent();
  Team other(daybook_);
  for (const auto& path : {other.in(), other.in("/issues")}) EXPECT_EQ(robot.get(path).status, 404) << path;
  const auto hidden = team_.owner.post(team_.in("/projects"), object("name", "Hidden", "visibility", "private")).id();
  const auto issue = team_.owner.post(team_.in("/issues"), object("title", "In it", "project_id", hidden, "assignee_id", values_["agent"])).id();
  EXPECT_EQ(robot.get(team_.in("/projects/" + hidden)).status, 404);
  EXPECT_EQ(robot.get(team_.in("/issues/" + issue)).status, 404);
  EXPECT_EQ(robot.patch(team_.in("/issues/" + issue), object("status", "done")).status, 404);
  EXPECT_EQ(robot.get("/me").status, 403);
  EXPECT_EQ(robot.get("/workspaces").status, 403);
}

TEST_F(Principals, AnAgentsTokenEndsWhenItIsReplacedRevokedOrItsAgentRetires) {
  const auto path = team_.in("/agents/" + values_["agent"]);
  auto first = agent();
  EXPECT_EQ(first.get(team_.in()).status, 200);
  auto second = agent();
  EXPECT_EQ(first.get(team_.in()).code(), "key-ended");
  EXPECT_EQ(second.get(team_.in()).status, 200);
  ASSERT_EQ(team_.owner.remove(path + "/token").status, 204);
  EXPECT_EQ(second.get(team_.in()).status, 401);
  EXPECT_TRUE(team_.owner.get(path).at("/token_issued_at").is_null());
  auto third = agent();
  EXPECT_EQ(third.get(team_.in("/issues")).status, 200);
  ASSERT_EQ(team_.owner.remove(path).status, 204);
  EXPECT_EQ(third.get(team_.in("/issues")).status, 401);
}

TEST_F(Principals, AKeyWithEveryWordReadsAndWritesAsItsHolderButForWhatNoKeyDoes) {
  auto all = key({"*"});
  int read = 0;
  for (const auto& operation : below_a_workspace()) {
    if (operation.method == "GET") {
      const auto reply = send(all, operation);
      EXPECT_EQ(reply.status, send(team_.owner, operation).status) << operation << ": " << reply;
      read += reply.status == 200;
    } else if (not_for_keys().contains(operation.id)) {
      const auto reply = send(all, operation);
      EXPECT_EQ(reply.status, 403) << operation << ": " << reply;
    }
  }
  EXPECT_GT(read, 60);
  EXPECT_EQ(all.post(team_.in("/issues"), object("title", "By key")).status, 201);
}

TEST_F(Principals, AKeyThatLacksAWordDoesNothingThatTakesIt) {
  auto narrow = key({"nothing-at-all:read"});
  const auto before = team_.owner.patch(team_.in(), "{}").position();
  for (const auto& operation : below_a_workspace()) {
    const auto reply = send(narrow, operation);
    EXPECT_EQ(reply.status, 403) << operation << ": " << reply;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << operation;
    const bool lacks = operation.id != "bulk" && !not_for_keys().contains(operation.id) && rules().at(operation.id) != Needs::superuser;
    if (lacks) { EXPECT_EQ(reply.code(), "missing-scope") << operation << ": " << reply; }
  }
  EXPECT_GE(team_.owner.patch(team_.in(), "{}").position(), before);
}

TEST_F(Principals, ReadingTakesTheWordOfWhatIsRead) {
  auto reader = key({"issues:read"});
  EXPECT_EQ(reader.get(team_.in("/issues/" + values_["issue"] + "/comments")).status, 200);
  const auto refused = reader.get(team_.in("/projects"));
  EXPECT_EQ(refused.code(), "missing-scope") << refused;
  EXPECT_NE(refused.text("/detail").find("projects:read"), std::string::npos) << refused;
  EXPECT_EQ(reader.get("/me").text("/id"), team_.owner.user_id) << "whose it is, it learns";
  for (const auto* path : {"/me/sessions", "/me/notifications", "/workspaces"}) EXPECT_EQ(reader.get(path).status, 403) << path;
  Team other(daybook_);
  EXPECT_EQ(reader.get(other.in("/issues")).status, 404);
}

TEST_F(Principals, ARevokedKeyReadsAndWritesNothing) {
  const auto made = issued({"*"});
  auto ci = with(made.text("/key"));
  ASSERT_EQ(ci.get(team_.in("/issues")).status, 200);
  ASSERT_EQ(team_.owner.remove(team_.in("/api-keys/" + made.id())).status, 204);
  EXPECT_EQ(ci.get(team_.in("/issues")).code(), "key-ended");
  EXPECT_EQ(ci.post(team_.in("/issues"), object("title", "Late")).code(), "key-ended");
  const auto shown = team_.owner.get(team_.in("/api-keys/" + made.id()));
  EXPECT_FALSE(shown.at("/is_active").as_bool());
  EXPECT_FALSE(shown.text("/revoked_at").empty());
}

TEST_F(Principals, MembersSeeTheirOwnKeysAndAdminsEverybodys) {
  auto member = team_.joined_by(daybook_, "member");
  const auto made = member.post(team_.in("/api-keys"), object("name", "Mine", "permissions", json::array{"issues:read"}));
  ASSERT_EQ(made.status, 201) << made;
  const auto theirs = member.get(team_.in("/api-keys"));
  ASSERT_EQ(theirs.rows().size(), 1u) << theirs;
  EXPECT_EQ(theirs.text("/data/0/id"), made.id());
  EXPECT_EQ(theirs.text("/data/0/user_id"), member.user_id);
  EXPECT_EQ(theirs.raw.find(made.text("/key")), theirs.raw.npos);
  EXPECT_EQ(member.get(team_.in("/api-keys/" + values_["api_key"])).status, 404);
  EXPECT_EQ(team_.owner.get(team_.in("/api-keys/" + made.id())).status, 200);
  EXPECT_EQ(team_.owner.all(team_.in("/api-keys")).size(), 2u);
  EXPECT_EQ(team_.owner.all(team_.in("/api-keys?user=" + member.user_id)).size(), 1u);
}

TEST_F(Principals, WhenAKeyWasUsedIsSeenAMomentLater) {
  const auto made = issued({"*"});
  auto ci = with(made.text("/key"));
  ASSERT_EQ(ci.post(team_.in("/issues"), object("title", "By key")).status, 201);
  EXPECT_TRUE(wait_until([&] { return !team_.owner.get(team_.in("/api-keys/" + made.id())).text("/last_used_at").empty(); }, std::chrono::seconds(60)));
}

TEST_F(Principals, AMistypedKeyIsNobodys) {
  auto text = issued({"*"}).text("/key");
  text[10] = text[10] == 'x' ? 'y' : 'x';
  EXPECT_EQ(with(text).get(team_.in()).status, 401);
}

}  // namespace
}  // namespace daybook::test::principals_test
