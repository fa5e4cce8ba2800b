// Who may do what, through the door: one line an action, one column a role.
#include <gtest/gtest.h>

#include <functional>

#include "tests/e2e/caller.hpp"

namespace daybook::test::roles_test {
namespace {

constexpr const char* roles[] = {"owner", "admin", "member", "viewer", "stranger"};

struct Action {
  std::string name;
  std::function<int(Caller&)> act;
  int expected[5];  // by role, in the order above
};

TEST(Roles, ThoseBelowAreForbiddenAndStrangersFindNothing) {
  // Given a workspace with somebody of each role, and somebody who is not in it
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  std::vector<Caller> people;
  people.push_back(signed_in_again(daybook, team.owner));
  for (const auto* role : {"admin", "member", "viewer"}) people.push_back(team.joined_by(daybook, role));
  people.push_back(newcomer(daybook, "stranger"));
  const auto issue = team.in("/issues/" + team.issue());
  const auto new_label = [&] {
    return team.owner.post(team.in("/labels"), object("name", random_name("label"))).id();
  };
  const auto new_project = [&] {
    return team.owner.post(team.in("/projects"), object("name", random_name("project"))).id();
  };
  const auto victim = team.joined_by(daybook, "viewer");

  // When each of them does each of these, then only those do who may
  const std::vector<Action> actions{
      {"read the workspace", [&](Caller& c) { return c.get(team.in()).status; }, {200, 200, 200, 200, 404}},
      {"list issues", [&](Caller& c) { return c.get(team.in("/issues")).status; }, {200, 200, 200, 200, 404}},
      {"search",
       [&](Caller& c) { return c.get(team.in("/search?q=light")).status; },
       {200, 200, 200, 200, 404}},
      {"open an issue",
       [&](Caller& c) { return c.post(team.in("/issues"), object("title", "a")).status; },
       {201, 201, 201, 403, 404}},
      {"change an issue",
       [&](Caller& c) { return c.patch(issue, object("title", random_name("t"))).status; },
       {200, 200, 200, 403, 404}},
      {"comment",
       [&](Caller& c) { return c.post(issue + "/comments", object("content", "hm")).status; },
       {201, 201, 201, 403, 404}},
      {"define a label",
       [&](Caller& c) { return c.post(team.in("/labels"), object("name", random_name("l"))).status; },
       {201, 201, 201, 403, 404}},
      {"delete a label",
       [&](Caller& c) { return c.remove(team.in("/labels/" + new_label())).status; },
       {204, 204, 403, 403, 404}},
      {"create a project",
       [&](Caller& c) { return c.post(team.in("/projects"), object("name", random_name("p"))).status; },
       {201, 201, 201, 403, 404}},
      {"delete a project",
       [&](Caller& c) { return c.remove(team.in("/projects/" + new_project())).status; },
       {204, 204, 403, 403, 404}},
      {"register an agent",
       [&](Caller& c) { return c.post(team.in("/agents"), object("name", random_name("a"))).status; },
       {201, 201, 201, 403, 404}},
      {"change a role",
       [&](Caller& c) {
         return c.patch(team.in("/members/" + victim.user_id), object("role", "viewer")).status;
       },
       {200, 200, 403, 403, 404}},
      {"rename the workspace",
       [&](Caller& c) { return c.patch(team.in(), object("name", random_name("w"))).status; },
       {200, 200, 403, 403, 404}},
      {"touch the owner's role",
       [&](Caller& c) {
         return c.patch(team.in("/members/" + team.owner.user_id), object("role", "owner")).status;
       },
       {200, 403, 403, 403, 404}},
      {"delete and restore the workspace",
       [&](Caller& c) {
         const auto deleted = c.remove(team.in()).status;
         if (deleted == 204) team.owner.post(team.in("/restore"));
         return deleted;
       },
       {204, 403, 403, 403, 404}},
  };
  for (const auto& action : actions)
    for (std::size_t i = 0; i < people.size(); ++i)
      EXPECT_EQ(action.act(people[i]), action.expected[i]) << roles[i] << ": " << action.name;
}

}  // namespace
}  // namespace daybook::test::roles_test
