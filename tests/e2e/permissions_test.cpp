// Every route with every role. Who may do what is written down in permission_rules.cpp once more: that and the program's own table
// must agree, and a route that is not written down there fails.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <set>

#include "tests/e2e/permission_rules.hpp"
#include "tests/e2e/things.hpp"

namespace daybook::test::permissions_test {
namespace {

constexpr std::array<const char*, 5> roles{"stranger", "viewer", "member", "admin", "owner"};

// Things are the owner's, so an author is the owner here.
bool may(Needs needs, std::size_t role) {
  switch (needs) {
    case Needs::nothing:
    case Needs::a_mail:
    case Needs::sign_in:
      return true;
    case Needs::viewer:
      return role >= 1;
    case Needs::member:
      return role >= 2;
    case Needs::admin:
    case Needs::holder:
      return role >= 3;
    case Needs::owner:
    case Needs::author:
      return role >= 4;
    case Needs::superuser:
      return false;
  }
  return false;
}

class Permissions : public ::testing::Test {
 protected:
  Permissions() {
    offer_plan(daybook_);
    for (const auto* role : roles) people_.push_back(newcomer(daybook_, role));
    guest_ = newcomer(daybook_, "guest").user_id;
    victim_ = newcomer(daybook_, "victim").user_id;
  }

  Caller& owner() { return people_.back(); }

  // A workspace in which everybody has their role, new for every route, since some of them end it.
  std::string new_workspace() {
    const auto made = owner().post("/workspaces", object("name", "Permissions"));
    EXPECT_EQ(made.status, 201) << made;
    for (std::size_t i = 1; i + 1 < roles.size(); ++i) join(made.id(), people_[i].user_id, roles[i]);
    return made.id();
  }

  std::string blueprint_in(const std::string& workspace, const std::string& terms) {
    const auto made = owner().post("/workspaces/" + workspace + "/blueprints", "{" + terms + R"("name":"a","definition":{"kind":"agent"}})");
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }

  void join(const std::string& workspace, const std::string& user, const std::string& role) {
    const auto joined =
        owner().post("/workspaces/" + workspace + "/members", object("user_id", user, "role", role));
    EXPECT_TRUE(joined.status == 201 || joined.status == 409) << joined;
  }

  // Things as they must be before the operation can succeed.
  Values ready_for(const Operation& operation, const std::string& workspace) {
    if (operation.id == "restoreWorkspace") {  // nothing can be made in what is deleted already
      owner().remove("/workspaces/" + workspace);
      return {{"workspace", workspace}};
    }
    auto values = make_things(owner(), workspace);
    const std::string in = "/workspaces/" + workspace;
    join(workspace, victim_, "viewer");
    owner().remove(in + "/members/" + guest_);
    values["guest"] = guest_;
    values["member"] = values["user"] = values["user_id"] = victim_;
    const auto without = [&](std::string_view ending) {
      auto path = operation;
      path.path.resize(path.path.size() - ending.size());
      return path_of(path, values);
    };
    if (operation.id == "replayWebhookDelivery") values["delivery"] = delivery_in(in, values);
    if (operation.id == "reviewSkill") {  // everybody has one review of a skill
      values["skill"] = owner().post(in + "/skills", object("name", "a", "description", "a", "prompt", "a", "category", "a")).id();
    }
    if (operation.id == "reviewBlueprint") values["blueprint"] = blueprint_in(workspace, "");
    if (operation.id == "purchaseBlueprint") values["blueprint"] = blueprint_in(new_workspace(), R"("is_public":true,"pricing_model":"one-time","price":1,)");
    if (operation.id == "startSubscription") {  // a workspace has one
      EXPECT_EQ(owner().post(in + "/subscriptions/" + values["subscription"] + "/cancel", object("immediately", true)).status, 200);
    }
    if (operation.method == "POST" && operation.path.find("/{execution}/") != operation.path.npos)
      bring_run(operation, in, values);
    else if (operation.id == "detachIssueLabel")
      EXPECT_EQ(owner().post(path_of(operation, values)).status, 201);
    else if (operation.id == "removeProjectMember")
      EXPECT_EQ(owner().post(without("/{user}"), object("user_id", victim_)).status, 201);
    else if (operation.path.ends_with("/restore"))
      EXPECT_EQ(owner().remove(without("/restore")).status, 204) << operation;
    else if (operation.path.ends_with("/unarchive"))
      EXPECT_EQ(owner().post(without("/unarchive") + "/archive").status, 200) << operation;
    else if (operation.path.ends_with("/complete"))
      EXPECT_EQ(owner().post(without("/complete") + "/start").status, 200) << operation;
    return values;
  }

  // Of the webhook, which is told of issues of its project.
  std::string delivery_in(const std::string& in, const Values& values) {
    EXPECT_EQ(owner().post(in + "/issues", object("title", "To be told", "project_id", values.at("project"))).status, 201);
    Reply listed;
    EXPECT_TRUE(wait_until([&] {
      listed = owner().get(in + "/webhooks/" + values.at("webhook") + "/deliveries");
      return !listed.rows().empty();
    }, std::chrono::seconds(60)));
    return listed.text("/data/0/id");
  }

  // Claimed by the owner, and ended where that comes first.
  void bring_run(const Operation& operation, const std::string& in, Values& values) {
    if (operation.id == "cancelExecution") return;
    const auto claimed = owner().post(in + "/executions:claim", object("execution_id", values["execution"]));
    EXPECT_EQ(claimed.status, 200) << claimed;
    values["fencing_token"] = std::to_string(claimed.number("/fencing_token"));
    const auto run = in + "/executions/" + values["execution"];
    if (operation.id == "retryExecution") {
      EXPECT_EQ(owner().post(run + "/fail", object("fencing_token", claimed.number("/fencing_token"), "error", "no")).status, 200);
    }
    if (operation.id == "correctExecutionUsage" || operation.id == "giveExecutionFeedback") {
      EXPECT_EQ(owner().post(run + "/complete", object("fencing_token", claimed.number("/fencing_token"))).status, 200);
    }
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  std::vector<Caller> people_;  // by role, in the order above
  std::string guest_, victim_;
};

// Whoever is refused has changed nothing, and so has whoever reads: what was made for them serves the next one as well. Of those who
// may, the least and the owner try it; that whoever is above may as much, the table of permissions cannot be compiled without.
TEST_F(Permissions, EveryRouteIsForThoseOfWhomItIsWritten) {
  const auto for_reading = ready_for({}, new_workspace());
  for (const auto& operation : all_operations(owner())) {
    const auto rule = rules().find(operation.id);
    ASSERT_NE(rule, rules().end()) << operation << ": write down in permission_rules.cpp who may do it";
    if (!operation.in_workspace() || operation.streams) continue;
    const bool reads = operation.method == "GET";
    const auto workspace = reads ? for_reading.at("workspace") : new_workspace();
    std::optional<Values> values;
    if (reads) values = for_reading;
    bool may_already = false;
    for (std::size_t role = 0; role < roles.size(); ++role) {  // the least first: whoever may, may end it for all
      const bool allowed = may(rule->second, role);
      if (allowed && may_already && role + 1 < roles.size()) continue;
      if (!values) values = ready_for(operation, workspace);
      const auto reply = people_[role].send(operation.method, path_of(operation, *values), body_of(operation, *values));
      if (allowed)
        EXPECT_TRUE((reply.status >= 200 && reply.status < 300) || (operation.id == "leaveWorkspace" && reply.code() == "last-owner"))
            << roles[role] << " may: " << operation << ": " << reply;
      else
        EXPECT_TRUE(reply.status == (role == 0 ? 404 : 403) || (rule->second == Needs::holder && reply.status == 404))
            << roles[role] << " may not: " << operation << ": " << reply;
      may_already = may_already || allowed;
      if (allowed && !reads) values.reset();
    }
  }
}

TEST_F(Permissions, EveryRuleIsOfARoute) {
  std::set<std::string> known;
  for (const auto& operation : all_operations(owner())) known.insert(operation.id);
  for (const auto& [id, needs] : rules()) EXPECT_TRUE(known.count(id)) << id << " is no route any more";
}

TEST_F(Permissions, WhatIsOnesOwnTakesASignInAndNothingElse) {
  Values listed;
  for (const auto& operation : all_operations(owner())) {
    const auto rule = rules().find(operation.id);
    if (rule == rules().end() || rule->second != Needs::sign_in) continue;
    auto person = newcomer(daybook_, "self");
    if (operation.path.starts_with("/marketplace/")) {
      const auto workspace = new_workspace();
      const auto things = make_things(owner(), workspace);
      for (const std::string kind : {"skill", "template", "blueprint"}) {
        listed[kind] = things.at(kind);
        EXPECT_EQ(owner().post("/workspaces/" + workspace + "/" + kind + "s/" + listed[kind] + "/list").status, 200);
      }
    }
    Caller nobody(daybook_);
    // The log is signed within a second of its first event.
    if (operation.path.starts_with("/audit/")) { EXPECT_TRUE(wait_until([&] { return person.get("/audit/tree-head").status == 200; })); }
    const auto plans = person.get("/plans").rows();
    Values values{{"session", session_of(person)},
                  {"plan", std::string(plans.at(0).at("id").as_string())},
                  {"name", "Mine"},
                  {"current_password", usual_password},
                  {"new_password", "another long day"}};
    values.insert(listed.begin(), listed.end());
    if (operation.path.starts_with("/me/")) values.merge(make_ones_own(person));
    if (operation.path.find("{notification}") != std::string::npos) {
      Team team(daybook_);
      values["notification"] = told_of_something(team, person);
    }
    if (operation.path.starts_with("/me/") && operation.path.ends_with("/restore")) {
      const auto one = path_of(operation, values);
      EXPECT_EQ(person.remove(one.substr(0, one.rfind('/'))).status, 204) << operation;
    }
    EXPECT_EQ(nobody.send(operation.method, path_of(operation, values), body_of(operation, values)).status,
              401)
        << operation;
    const auto reply = person.send(operation.method, path_of(operation, values), body_of(operation, values));
    EXPECT_TRUE(reply.status >= 200 && reply.status < 300) << operation << ": " << reply;
  }
}

TEST_F(Permissions, WhatIsOpenTakesNoSignIn) {
  for (const auto& operation : all_operations(owner())) {
    const auto rule = rules().find(operation.id);
    if (rule == rules().end() || rule->second != Needs::nothing) continue;
    EXPECT_FALSE(operation.signed_in) << operation;
    const auto person = newcomer(daybook_, "open");
    Values values{{"email", operation.id == "login" ? person.email : random_name("new") + "@example.org"},
                  {"password", usual_password},
                  {"refresh_token", person.refresh_token}};
    Caller nobody(daybook_);
    const auto reply = nobody.send(operation.method, path_of(operation, values), body_of(operation, values));
    EXPECT_TRUE(reply.status >= 200 && reply.status < 300) << operation << ": " << reply;
  }
}

TEST_F(Permissions, WhatAMailProvesTakesNothingElse) {
  for (const auto& operation : all_operations(owner())) {
    const auto rule = rules().find(operation.id);
    if (rule == rules().end() || rule->second != Needs::a_mail) continue;
    auto person = newcomer(daybook_, "guesser");
    Caller nobody(daybook_);
    const Values values{{"token", person.refresh_token}, {"new_password", "another long day"}};  // of the same form
    for (auto* caller : {&nobody, &person}) {
      const auto reply = caller->send(operation.method, path_of(operation, values), body_of(operation, values));
      const bool unknown = operation.signed_in && caller == &nobody;
      const auto refused = operation.method == "GET" ? "not-found" : "invalid-mailed-token";  // what is only looked at is not there
      EXPECT_EQ(reply.code(), unknown ? "unauthenticated" : refused) << operation << ": " << reply;
    }
  }
}

}  // namespace
}  // namespace daybook::test::permissions_test
