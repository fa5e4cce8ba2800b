// Superusers are made on the server and nowhere else; what they may do is there at once.
#include <gtest/gtest.h>

#include "tests/e2e/permission_rules.hpp"
#include "tests/e2e/things.hpp"

namespace daybook::test::superusers_test {
namespace {

class Superusers : public ::testing::Test {
 protected:
  RunResult admin(const std::string& what, const std::string& email) { return daybook_.run({"admin", what, email, "--allow-unsafe-database"}); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Superusers, AreMadeAndUnmadeWhileItIsServed) {
  const auto skill = owner_.post(team_.in("/skills"), object("name", "a", "description", "a", "prompt", "a", "category", "a")).id();
  const auto made_official = [&] { return owner_.post(team_.in("/skills/" + skill + "/make-official")); };
  EXPECT_EQ(made_official().status, 403);
  const auto granted = admin("grant", owner_.email);
  EXPECT_EQ(granted.exit_code, 0) << granted.output;
  EXPECT_NE(granted.output.find("is a superuser from now on"), std::string::npos) << granted.output;
  const auto again = admin("grant", owner_.email);
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_NE(again.output.find("already"), std::string::npos) << again.output;
  const auto official = made_official();
  ASSERT_EQ(official.status, 200) << official;
  EXPECT_TRUE(official.at("/is_official").as_bool());
  EXPECT_EQ(owner_.get(team_.in("/skills?official=true")).rows().size(), 1u);
  const auto revoked = admin("revoke", owner_.email);
  EXPECT_EQ(revoked.exit_code, 0) << revoked.output;
  EXPECT_EQ(made_official().status, 403);
}

TEST_F(Superusers, MakeListedThingsOfOtherWorkspacesOfficial) {
  const auto id = owner_.post(team_.in("/templates"), object("name", "a", "description", "a", "category", "a", "project_structure",
                                                             json::object{{"tasks", json::array{}}}))
                      .id();
  Team others(daybook_, "Others");
  ASSERT_EQ(admin("grant", others.owner.email).exit_code, 0);
  const auto there = others.in("/templates/" + id + "/make-official");
  EXPECT_EQ(others.owner.post(there).status, 404);
  ASSERT_EQ(owner_.post(team_.in("/templates/" + id + "/list")).status, 200);
  EXPECT_EQ(others.owner.post(there).status, 200);
  EXPECT_TRUE(owner_.get(team_.in("/templates/" + id)).at("/is_official").as_bool());
  ASSERT_EQ(admin("revoke", others.owner.email).exit_code, 0);
}

TEST_F(Superusers, EraseWhomeverWasDeletedAndNobodyElse) {
  // Given a member of whom a comment speaks
  auto leaver = team_.joined_by(daybook_, "member");
  const auto issue = owner_.post(team_.in("/issues"), object("title", "Say goodbye")).id();
  const auto comment = owner_.post(team_.in("/issues/" + issue + "/comments"), object("content", "Bye!", "mentions", json::array{leaver.user_id})).id();
  auto supervisor = newcomer(daybook_, "supervisor");
  const auto erase = [&](Caller& who) { return who.post("/users/" + leaver.user_id + "/erase"); };
  EXPECT_EQ(erase(owner_).status, 403);
  ASSERT_EQ(admin("grant", supervisor.email).exit_code, 0);
  EXPECT_EQ(erase(supervisor).code(), "not-deleted");
  // When they have gone, then they are erased once, and what speaks of them is named
  ASSERT_EQ(leaver.remove("/me").status, 204);
  const auto erased = erase(supervisor);
  ASSERT_EQ(erased.status, 200) << erased;
  EXPECT_EQ(erased.text("/user_id"), leaver.user_id);
  EXPECT_EQ(erased.text("/mentions/0/id"), comment) << erased;
  const auto again = erase(supervisor);
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text("/erased_at"), erased.text("/erased_at"));
  // And whoever has the address may have it as somebody new
  EXPECT_EQ(Caller(daybook_).post("/auth/register", object("email", leaver.email, "password", usual_password)).status, 201);
  ASSERT_EQ(admin("revoke", supervisor.email).exit_code, 0);
}

TEST_F(Superusers, SayWhoseAccountCanBeUsedAndWhatItIsLinkedWith) {
  auto member = team_.joined_by(daybook_, "member");
  auto supervisor = newcomer(daybook_, "supervisor");
  const auto account = "/users/" + member.user_id;
  EXPECT_EQ(owner_.post(account + "/deactivate").status, 403);
  ASSERT_EQ(admin("grant", supervisor.email).exit_code, 0);
  // What they are and are linked with
  const auto changed = supervisor.patch(account, object("role", "viewer", "home_workspace_id", team_.id));
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(changed.text("/role"), "viewer");
  EXPECT_EQ(changed.text("/home_workspace_id"), team_.id);
  const auto google = random_name("google");
  EXPECT_EQ(supervisor.post(account + "/external-accounts/google", object("account", google)).text("/google_id"), google);
  EXPECT_EQ(supervisor.post("/users/" + owner_.user_id + "/external-accounts/google", object("account", google)).code(), "already-exists");
  EXPECT_EQ(member.get("/me").text("/google_id"), google);
  EXPECT_FALSE(member.get("/me").text("/last_active_at").empty());
  EXPECT_FALSE(supervisor.get(account).text("/last_active_at").empty());
  EXPECT_EQ(supervisor.remove(account + "/external-accounts/google").status, 204);
  EXPECT_TRUE(supervisor.get(account).at("/google_id").is_null());
  // Whether it can be used; what is theirs stays
  const auto issue = member.post(team_.in("/issues"), object("title", "Mine")).id();
  EXPECT_EQ(supervisor.post(account + "/deactivate").text("/status"), "inactive");
  EXPECT_EQ(member.post(team_.in("/issues"), object("title", "Late")).code(), "session-ended");
  EXPECT_EQ(Caller(daybook_).post("/auth/login", object("email", member.email, "password", usual_password)).code(), "invalid-credentials");
  EXPECT_EQ(owner_.get(team_.in("/issues/" + issue)).status, 200);
  EXPECT_EQ(supervisor.post("/users/" + supervisor.user_id + "/deactivate").status, 403);
  EXPECT_EQ(supervisor.post(account + "/activate").text("/status"), "active");
  EXPECT_EQ(Caller(daybook_).post("/auth/login", object("email", member.email, "password", usual_password)).status, 200);
  ASSERT_EQ(admin("revoke", supervisor.email).exit_code, 0);
}

TEST_F(Superusers, ReadEveryWorkspaceAndWriteInNone) {
  // Given somebody else's workspace with one of everything, all of it in a private project
  auto values = make_things(owner_, team_.id);
  const auto project = team_.in("/projects/" + values["project"]);
  ASSERT_EQ(owner_.post(team_.in("/issues/" + values["issue"] + "/move"), object("project_id", values["project"])).status, 200);
  ASSERT_EQ(owner_.patch(project, object("visibility", "private")).status, 200);
  values["guest"] = newcomer(daybook_, "guest").user_id;
  auto supervisor = newcomer(daybook_, "supervisor");
  EXPECT_EQ(supervisor.get(team_.in()).status, 404);
  ASSERT_EQ(admin("grant", supervisor.email).exit_code, 0);
  ASSERT_TRUE(wait_until([&] { return supervisor.get(team_.in()).status == 200; }));
  const auto newest = [&] { return owner_.get(team_.in("/activity?limit=1")).number("/data/0/position"); };
  const auto before = newest();

  // Then they read what its owner reads, and everything that writes is as if it were not there
  for (const auto& operation : all_operations(owner_)) {
    if (!operation.in_workspace() || operation.streams || operation.id == "issueEventTicket") continue;
    if (rules().at(operation.id) == Needs::superuser) continue;  // written for them
    const auto path = path_of(operation, values);
    const auto reply = supervisor.send(operation.method, path, body_of(operation, values));
    if (operation.method != "GET") {
      EXPECT_EQ(reply.status, 404) << operation << ": " << reply;
      continue;
    }
    const auto owners = owner_.get(path);
    EXPECT_EQ(reply.status, owners.status) << operation << ": " << reply;
    EXPECT_EQ(reply.rows().size(), owners.rows().size()) << operation;
  }
  EXPECT_EQ(supervisor.get(project + "?expand=members").status, 200);
  EXPECT_FALSE(supervisor.get(team_.in("/search?q=" + std::string(secret_words))).rows().empty());
  EXPECT_EQ(newest(), before) << "something was written";

  // And so of a deleted one, until they are none any more
  EXPECT_FALSE(supervisor.all("/workspaces?all=true").empty());
  EXPECT_EQ(supervisor.all("/workspaces").size(), 1u) << "their personal one";
  ASSERT_EQ(owner_.remove(team_.in()).status, 204);
  owner_.get("/me");
  EXPECT_EQ(supervisor.get(team_.in()).status, 404);
  EXPECT_EQ(supervisor.get(team_.in("?deleted=include")).status, 200);
  ASSERT_EQ(owner_.post(team_.in("/restore")).status, 200);
  ASSERT_EQ(admin("revoke", supervisor.email).exit_code, 0);
  EXPECT_TRUE(wait_until([&] { return supervisor.get(team_.in()).status == 404; }));
  EXPECT_EQ(supervisor.get("/users").status, 403);
  EXPECT_EQ(supervisor.get("/workspaces?all=true").status, 403);
}

TEST_F(Superusers, ReadWhoIsRegistered) {
  auto supervisor = newcomer(daybook_, "supervisor");
  EXPECT_EQ(supervisor.get("/users").code(), "forbidden");
  ASSERT_EQ(admin("grant", supervisor.email).exit_code, 0);
  ASSERT_TRUE(wait_until([&] { return supervisor.get("/users").status == 200; }));
  const auto found = supervisor.get("/users?email=" + owner_.email).rows();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].at("id").as_string(), owner_.user_id);
  const auto read = supervisor.get("/users/" + owner_.user_id);
  EXPECT_EQ(read.text("/email"), owner_.email) << read;
  EXPECT_EQ(supervisor.get("/users?superuser=true&q=" + supervisor.email).rows().size(), 1u);
  EXPECT_EQ(supervisor.get("/users/01a00000-0000-7000-8000-000000000001").status, 404);
  auto gone = newcomer(daybook_, "gone");
  ASSERT_EQ(gone.remove("/me").status, 204);
  EXPECT_TRUE(wait_until([&] { return supervisor.get("/users/" + gone.user_id).status == 404; }));
  EXPECT_EQ(supervisor.get("/users/" + gone.user_id + "?deleted=include").status, 200);
  ASSERT_EQ(admin("revoke", supervisor.email).exit_code, 0);
}

TEST_F(Superusers, OnlyWhoIsRegisteredBecomesOne) {
  const auto nobody = admin("grant", "nobody-" + random_name("x") + "@example.org");
  EXPECT_EQ(nobody.exit_code, 1) << nobody.output;
  EXPECT_NE(nobody.output.find("Nobody is registered"), std::string::npos) << nobody.output;
  const auto no_address = admin("grant", "ann");
  EXPECT_EQ(no_address.exit_code, 1) << no_address.output;
}

}  // namespace
}  // namespace daybook::test::superusers_test
