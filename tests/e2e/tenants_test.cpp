// Two tenants on one server: whatever route there is, the other's things do not exist. The routes are those
// the server itself says it has, so that a new one is in this test from its first day.
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/things.hpp"

namespace daybook::test::tenants_test {
namespace {

struct Tenant {
  Team team;
  Values values;

  explicit Tenant(const DaybookProcess& daybook) : team(daybook), values(make_things(team.owner, team.id)) {
    values["guest"] = newcomer(daybook, "guest").user_id;
    values.merge(make_ones_own(team.owner));
  }
};

// Commands that make a thing below another, which their body names where the path does not.
const std::set<std::string>& made_below_another() {
  static const std::set<std::string> all{"comment.post", "document.draft", "time_entry.log", "time_entry.start_timer", "sprint.plan", "skill.fork", "template.apply", "execution.request", "execution.retry"};
  return all;
}

// Paths and request ids are the caller's own words.
json::object without_own_words(const Reply& reply) {
  if (!reply.body.is_object()) return {};
  auto problem = reply.body.as_object();
  problem.erase("instance");
  problem.erase("request_id");
  return problem;
}

class Tenants : public ::testing::Test {
 protected:
  std::vector<Operation> below_a_workspace() {
    auto operations = all_operations(bob_.team.owner);
    std::erase_if(operations, [](const auto& operation) { return !operation.in_workspace(); });
    EXPECT_GT(operations.size(), 60u);
    return operations;
  }

  // The reply tells nothing: neither words nor ids of what is there, nor that it is there.
  void expect_hidden(const Operation& operation, const Reply& reply, const Values& sent) {
    EXPECT_EQ(reply.status, 404) << operation << ": " << reply;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << operation << ": " << reply;
    auto nowhere = sent;
    for (const auto& [name, value] : ann_.values)
      if (sent.at(name) == value) nowhere[name] = "01a00000-0000-7000-8000-000000000001";
    const auto of_nothing =
        bob_.team.owner.send(operation.method, path_of(operation, nowhere), body_of(operation, sent));
    EXPECT_EQ(without_own_words(reply), without_own_words(of_nothing))
        << operation << ": another answer than for what is nowhere";
    for (const auto& header : reply.headers) {
      EXPECT_EQ(header.value.find(secret_words), header.value.npos) << operation << " " << header.name;
      for (const auto& [name, value] : ann_.values)
        EXPECT_EQ(header.value.find(value), header.value.npos)
            << operation << ": " << header.name << " tells the " << name;
    }
    std::vector<std::string> fields, fields_of_nothing;
    for (const auto& header : reply.headers) fields.push_back(header.name);
    for (const auto& header : of_nothing.headers) fields_of_nothing.push_back(header.name);
    EXPECT_EQ(fields, fields_of_nothing) << operation;
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  const bool offered_ = (offer_plan(daybook_), true);
  Tenant ann_{daybook_}, bob_{daybook_};
};

TEST_F(Tenants, EveryRouteHidesTheOthersWorkspace) {
  const auto newest = [&] { return ann_.team.owner.get(ann_.team.in("/activity?limit=1")).number("/data/0/position"); };
  const auto before = newest();
  for (const auto& operation : below_a_workspace()) {
    const auto reply = bob_.team.owner.send(operation.method, path_of(operation, ann_.values),
                                            body_of(operation, ann_.values));
    expect_hidden(operation, reply, ann_.values);
    EXPECT_EQ(reply.text("/detail"), "There is no such workspace.") << operation << ": " << reply;
  }
  EXPECT_EQ(newest(), before) << "something was written";
}

TEST_F(Tenants, TheOthersThingsAreNotFoundInsideOnesOwnWorkspace) {
  auto values = ann_.values;
  values["workspace"] = bob_.team.id;
  for (const auto& operation : below_a_workspace()) {
    if (operation.parameters().size() < 2) continue;  // names no thing of the other's
    const auto reply =
        bob_.team.owner.send(operation.method, path_of(operation, values), body_of(operation, values));
    expect_hidden(operation, reply, values);
  }
}

TEST_F(Tenants, TheOthersThingsAreRefusedInABulkOneByOne) {
  // Given every command that names a thing, each about one of the other's
  json::array commands;
  std::vector<std::string> sent;
  for (const auto& operation : below_a_workspace()) {
    if (operation.command.empty() || operation.parameters().size() < 2) continue;
    const auto target = operation.parameters()[1];
    auto data = json::parse(body_of(operation, ann_.values).empty() ? "{}" : body_of(operation, ann_.values))
                    .as_object();
    if (operation.parameters().size() > 2) {
      const auto part = operation.parameters()[2];
      const bool is_its_name = part == "tag" || part == "emoji";
      data[is_its_name ? part : part + "_id"] = ann_.values.at(part);
    }
    commands.push_back({{"type", operation.command}, {"id", ann_.values.at(target)}, {"data", data}});
    if (made_below_another().contains(operation.command)) {
      commands.back().as_object().erase("id");
      commands.back().at("data").as_object()[target + "_id"] = ann_.values.at(target);
    }
    sent.push_back(operation.command);
  }
  ASSERT_GT(commands.size(), 20u);

  // When they are sent as one bulk, each for itself, then each is refused and nothing of the other's is told
  const auto reply = bob_.team.owner.post(
      bob_.team.in("/commands"), json::serialize(json::object{{"atomic", false}, {"commands", commands}}));
  ASSERT_EQ(reply.status, 200) << reply;
  const auto& items = reply.at("/items").as_array();
  ASSERT_EQ(items.size(), commands.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto status = items[i].at("status").as_int64();
    EXPECT_TRUE(status == 404 || (status == 422 && sent[i] == "comment.post"))
        << sent[i] << ": " << json::serialize(items[i]);
  }
  EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << reply;
  EXPECT_EQ(bob_.team.owner
                .post(ann_.team.in("/commands"),
                      json::serialize(json::object{{"atomic", false}, {"commands", commands}}))
                .status,
            404);
}

TEST_F(Tenants, TheOthersThingsCannotBeReferredTo) {
  auto& bob = bob_.team.owner;
  auto& theirs = ann_.values;
  const auto refused = [&](const Reply& reply) {
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << reply;
  };
  const auto issue = bob_.team.in("/issues/" + bob_.values["issue"]);
  refused(bob.post(bob_.team.in("/issues"), object("title", "a", "project_id", theirs["project"])));
  refused(bob.post(bob_.team.in("/issues"), object("title", "a", "parent_id", theirs["issue"])));
  refused(bob.post(issue + "/assign", object("assignee_id", theirs["member"])));
  refused(bob.post(issue + "/assign", object("assignee_id", theirs["agent"])));
  refused(bob.post(issue + "/labels", object("label_id", theirs["label"])));
  refused(bob.post(issue + "/dependencies", object("depends_on_id", theirs["issue"])));
  refused(bob.post(issue + "/comments", object("content", "a", "parent_id", theirs["comment"])));
}

TEST_F(Tenants, EveryRouteThatReadsIsThereForItsOwnPeople) {
  // Without this the tests above would be as content with a server that knows nothing at all.
  for (const auto& operation : below_a_workspace()) {
    if (operation.method != "GET" || operation.streams) continue;
    const auto reply = ann_.team.owner.get(path_of(operation, ann_.values));
    EXPECT_EQ(reply.status, 200) << operation << ": " << reply;
  }
}

TEST_F(Tenants, WithoutATokenThatHoldsThereIsNothing) {
  Caller nobody(daybook_),
      liar(daybook_, bob_.team.owner.token.substr(0, bob_.team.owner.token.size() - 8) + "AAAAAAAA");
  auto values = ann_.values;
  values["session"] = session_of(ann_.team.owner);
  values["notification"] = values["issue"];
  for (const auto* field : {"email", "password", "current_password", "new_password", "refresh_token"})
    values[field] = "words";
  for (const auto& operation : all_operations(nobody)) {
    if (!operation.signed_in) continue;
    for (auto* caller : {&nobody, &liar}) {
      const auto reply =
          caller->send(operation.method, path_of(operation, values), body_of(operation, values));
      EXPECT_EQ(reply.status, 401) << operation << ": " << reply;
      EXPECT_FALSE(reply.header("WWW-Authenticate").empty()) << operation;
    }
  }
}

TEST_F(Tenants, WhoWasRemovedIsAStranger) {
  auto member = ann_.team.joined_by(daybook_, "admin");
  ASSERT_EQ(member.get(ann_.team.in("/issues")).status, 200);
  ASSERT_EQ(ann_.team.owner.remove(ann_.team.in("/members/" + member.user_id)).status, 204);
  for (const auto& operation : below_a_workspace()) {
    const auto reply =
        member.send(operation.method, path_of(operation, ann_.values), body_of(operation, ann_.values));
    EXPECT_EQ(reply.status, 404) << operation << ": " << reply;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << operation << ": " << reply;
  }
}

TEST_F(Tenants, WhoHasDeletedThemselvesSeesAndDoesNothingMore) {
  // Given a member whose access token still runs
  auto member = ann_.team.joined_by(daybook_, "admin");
  auto values = ann_.values;
  values["session"] = session_of(member);
  values["notification"] = values["issue"];
  for (const auto* field : {"current_password", "new_password"}) values[field] = usual_password;
  ASSERT_EQ(member.remove("/me").status, 204);
  for (const auto& operation : all_operations(bob_.team.owner)) {
    if (!operation.signed_in) continue;
    const auto reply = member.send(operation.method, path_of(operation, values), body_of(operation, values));
    if (operation.id == "listWorkspaces")
      EXPECT_TRUE(reply.rows().empty()) << reply;
    else
      EXPECT_TRUE(reply.status == 401 || reply.status == 404) << operation << ": " << reply.status;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << operation << ": " << reply;
  }
}

TEST_F(Tenants, WhatIsAnothersOwnIsNotFound) {
  auto& ann = ann_.team.owner;
  auto values = ann_.values;
  values["session"] = session_of(ann);
  values["notification"] = values["issue"];
  const auto own = "/me/integrations/" + values.at("my_integration");
  const auto before = ann.get(own);
  ASSERT_EQ(before.status, 200) << before;
  for (const auto& operation : all_operations(bob_.team.owner)) {
    if (!operation.path.starts_with("/me/") || operation.parameters().empty()) continue;
    const auto reply = bob_.team.owner.send(operation.method, path_of(operation, values), body_of(operation, values));
    EXPECT_EQ(reply.status, 404) << operation << ": " << reply;
    EXPECT_EQ(reply.raw.find(secret_words), reply.raw.npos) << operation << ": " << reply;
  }
  EXPECT_EQ(ann.get(own).raw, before.raw);
}

TEST_F(Tenants, AnothersSessionIsNotFound) {
  const auto reply = bob_.team.owner.remove("/me/sessions/" + session_of(ann_.team.owner));
  EXPECT_EQ(reply.status, 404) << reply;
  EXPECT_EQ(ann_.team.owner.patch("/me", "{}").status, 200) << "it is still signed in";
}

}  // namespace
}  // namespace daybook::test::tenants_test
