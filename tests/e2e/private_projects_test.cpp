// A private project is there for its members, its owner and the workspace's admins. For every other member of the workspace
// neither it nor anything in it exists, whatever route they take. The routes are those the server itself says it has.
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/things.hpp"

namespace daybook::test::private_projects_test {
namespace {

const std::set<std::string> hidden_parameters{"project", "issue", "comment", "dependency", "document", "time_entry", "execution", "commit", "sprint", "automation", "webhook"};

class PrivateProjects : public ::testing::Test {
 protected:
  // Given a workspace all of whose issues lie in one project, which its owner then makes private
  PrivateProjects() : values_(make_things(team_.owner, team_.id)) {
    values_["guest"] = newcomer(daybook_, "guest").user_id;
    for (const auto& issue : team_.owner.all(team_.in("/issues"))) {
      const std::string id(issue.at("id").as_string());
      EXPECT_EQ(team_.owner.post(team_.in("/issues/" + id + "/move"), object("project_id", values_["project"])).status, 200);
      hidden_.insert(id);
      hidden_.emplace(issue.at("identifier").as_string());
    }
    EXPECT_EQ(team_.owner.post(team_.in("/issues/" + values_["issue"] + "/labels"), object("label_id", values_["label"])).status, 201);
    for (const auto& name : hidden_parameters) hidden_.insert(values_[name]);
    const auto made = team_.owner.patch(project(), object("visibility", "private"));
    EXPECT_EQ(made.status, 200) << made;
    EXPECT_EQ(made.text("/visibility"), "private");
    key_ = made.text("/key");
  }

  std::string project(const std::string& rest = "") { return team_.in("/projects/" + values_["project"] + rest); }

  std::vector<Operation> below_the_workspace() {
    auto operations = all_operations(team_.owner);
    std::erase_if(operations, [](const auto& operation) {
      return !operation.in_workspace() || operation.streams || operation.id == "leaveWorkspace";
    });
    EXPECT_GT(operations.size(), 60u);
    return operations;
  }

  static bool names_what_is_hidden(const Operation& operation) {
    for (const auto& name : operation.parameters())
      if (hidden_parameters.count(name) > 0) return true;
    return false;
  }

  // What members do not read, or of which they see their own alone.
  static bool is_for_admins(const Operation& operation) {
    const auto& path = operation.path;
    for (const auto* part : {"/invitations", "/api-keys", "/deliveries"})
      if (path.find(part) != path.npos) return true;
    return path.ends_with("/audit") || path.ends_with("/billing");
  }

  // Nothing in it tells of the project: neither the ids of what lies in it nor its key.
  void expect_silence(const Operation& operation, const Reply& reply) {
    auto body = reply.body;
    if (body.is_object()) body.as_object().erase("instance");  // the caller's own words
    const auto words = json::serialize(body);
    for (const auto& id : hidden_) EXPECT_EQ(words.find(id), words.npos) << operation << " tells " << id << ": " << reply;
    for (const auto& header : reply.headers)
      for (const auto& id : hidden_) EXPECT_EQ(header.value.find(id), header.value.npos) << operation << " " << header.name;
  }

  void expect_hidden_from(Caller& caller) {
    for (const auto& operation : below_the_workspace()) {
      const auto reply = caller.send(operation.method, path_of(operation, values_), body_of(operation, values_));
      expect_silence(operation, reply);
      if (!names_what_is_hidden(operation)) continue;
      auto nowhere = values_;
      for (const auto& name : hidden_parameters) nowhere[name] = "01a00000-0000-7000-8000-000000000001";
      const auto of_nothing = caller.send(operation.method, path_of(operation, nowhere), body_of(operation, values_));
      EXPECT_EQ(reply.status, of_nothing.status) << operation << ": " << reply;
      EXPECT_EQ(reply.code(), of_nothing.code()) << operation << ": " << reply;
      EXPECT_TRUE(reply.status == 404 || reply.status == 403) << operation << ": " << reply;  // 403: a viewer writes nowhere
      if (operation.method == "GET" && !is_for_admins(operation)) { EXPECT_EQ(reply.status, 404) << operation; }
    }
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  const bool offered_ = (offer_plan(daybook_), true);
  Team team_{daybook_};
  Values values_;
  std::set<std::string> hidden_;  // ids and identifiers
  std::string key_;
};

TEST_F(PrivateProjects, EveryRouteHidesThemFromAMemberOfTheWorkspaceWhoIsNotInThem) {
  auto outsider = team_.joined_by(daybook_, "member");
  const auto before = team_.owner.get(project("/activity")).rows().size();
  expect_hidden_from(outsider);
  EXPECT_EQ(team_.owner.get(project("/activity")).rows().size(), before) << "something was written";
}

TEST_F(PrivateProjects, EveryRouteHidesThemFromAViewer) {
  auto viewer = team_.joined_by(daybook_, "viewer");
  expect_hidden_from(viewer);
}

TEST_F(PrivateProjects, WhoIsLetInReadsWhatAnAdminReads) {
  auto insider = team_.joined_by(daybook_, "member"), admin = team_.joined_by(daybook_, "admin");
  const auto joined = team_.owner.post(project("/members"), object("user_id", insider.user_id));
  ASSERT_EQ(joined.status, 201) << joined;
  EXPECT_EQ(joined.header("Location"), "/api/v1" + project("/members/" + insider.user_id));
  for (const auto& operation : below_the_workspace()) {
    if (operation.method != "GET" || is_for_admins(operation)) continue;
    const auto mine = insider.get(path_of(operation, values_)), theirs = admin.get(path_of(operation, values_));
    EXPECT_EQ(mine.status, 200) << operation << ": " << mine;
    EXPECT_EQ(mine.rows().size(), theirs.rows().size()) << operation;
  }
  EXPECT_EQ(insider.get(project("/members")).rows().size(), 1u);

  // Until they are not any more; they may go by themselves
  ASSERT_EQ(insider.remove(project("/members/" + insider.user_id)).status, 204);
  EXPECT_EQ(insider.get(project()).status, 404);
  EXPECT_EQ(insider.get(team_.in("/issues/" + values_["issue"])).status, 404);
  expect_hidden_from(insider);
}

TEST_F(PrivateProjects, WhatIsRememberedForOneIsNotShownToAnother) {
  // The same thing is read over and over while nothing changes: first by who may see it, then by who may not, then again
  auto outsider = team_.joined_by(daybook_, "member"), insider = team_.joined_by(daybook_, "member");
  ASSERT_EQ(team_.owner.post(project("/members"), object("user_id", insider.user_id)).status, 201);
  for (const auto& path : {project(), team_.in("/issues/" + values_["issue"]), team_.in("/comments/" + values_["comment"])})
    for (int round = 0; round < 3; ++round) {
      EXPECT_EQ(team_.owner.get(path).status, 200) << path;
      EXPECT_EQ(insider.get(path).status, 200) << path;
      EXPECT_EQ(outsider.get(path).status, 404) << path;
    }
}

TEST_F(PrivateProjects, TheyAreFoundByNoOtherAddressFilterOrSearch) {
  auto outsider = team_.joined_by(daybook_, "member");
  const auto issue = team_.owner.get(team_.in("/issues/" + values_["issue"]));
  const auto empty = [&](const std::string& path) {
    const auto reply = outsider.get(team_.in(path));
    EXPECT_EQ(reply.status, 200) << path << ": " << reply;
    EXPECT_TRUE(reply.rows().empty()) << path << ": " << reply;
    if (path.find("count=") != path.npos) { EXPECT_EQ(reply.number("/page/count"), 0) << path; }
  };
  for (const auto& address : {"/projects/" + key_, "/issues/" + issue.text("/identifier"), "/issues/" + issue.text("/identifier") + "/comments"})
    EXPECT_EQ(outsider.get(team_.in(address)).status, 404) << address;
  for (const auto* as_of : {"?as_of=1000000000&wait_ms=0", "?deleted=include", "?expand=owner"})
    EXPECT_NE(outsider.get(project(as_of)).status, 200) << as_of;
  for (const auto& path :
       {"/projects?count=exact", "/projects?deleted=include", "/projects?visibility=private", "/issues?count=exact", "/issues?deleted=include",
        "/comments?count=exact", "/dependencies?count=exact", "/issue-labels?count=exact", "/project-members?count=exact"})
    empty(path);
  empty("/issues?project=" + values_["project"]);
  empty("/activity?project=" + values_["project"]);
  empty("/activity?issue=" + values_["issue"]);
  empty("/activity?entity=" + values_["project"]);
  empty("/activity?entity=" + values_["comment"]);
  const auto in_the_project = "/search?type=issue,comment,document,time_entry&q=" + std::string(secret_words);
  empty(in_the_project);
  empty("/search?q=" + issue.text("/identifier"));
  EXPECT_FALSE(team_.owner.get(team_.in(in_the_project)).rows().empty());
  EXPECT_EQ(outsider.get(team_.in("/events?project=" + values_["project"])).status, 400);
}

TEST_F(PrivateProjects, NothingOutsideLeadsInside) {
  // Given an issue of the outsider's, below one inside, which was joined to it too before the door was closed
  auto outsider = team_.joined_by(daybook_, "member");
  ASSERT_EQ(team_.owner.patch(project(), object("visibility", "workspace")).status, 200);
  const auto below = outsider.post(team_.in("/issues"), object("title", "Outside", "parent_id", values_["issue"]));
  ASSERT_EQ(below.status, 201) << below;
  ASSERT_EQ(outsider.post(team_.in("/issues/" + below.id() + "/dependencies"), object("depends_on_id", values_["issue"])).status, 201);
  ASSERT_EQ(team_.owner.patch(project(), object("visibility", "private")).status, 200);

  // Then they read no parent and no edge, embedded or not
  const auto path = team_.in("/issues/" + below.id());
  EXPECT_TRUE(outsider.get(path).at("/parent_id").is_null());
  EXPECT_FALSE(team_.owner.get(path).at("/parent_id").is_null());
  const auto embedded = outsider.get(path + "?expand=parent,dependencies");
  EXPECT_TRUE(embedded.at("/parent").is_null()) << embedded;
  EXPECT_TRUE(embedded.at("/dependencies").as_array().empty()) << embedded;
  EXPECT_TRUE(outsider.get(path + "/dependencies").rows().empty());

  // And nothing new is tied to what is inside
  const auto refused = [&](const Reply& reply, const std::string& pointer) {
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.pointer(), pointer) << reply;
  };
  refused(outsider.patch(path, object("project_id", key_)), "/project_id");
  refused(outsider.post(path + "/move", object("project_id", values_["project"])), "/project_id");
  refused(outsider.post(team_.in("/issues"), object("title", "In", "project_id", key_)), "/project_id");
  refused(outsider.post(team_.in("/issues"), object("title", "In", "parent_id", values_["issue"])), "/parent_id");
  refused(outsider.post(path + "/dependencies", object("depends_on_id", values_["depends_on_id"])), "/depends_on_id");
}

TEST_F(PrivateProjects, ALiveStreamIsSilentAboutThemFromTheFirstEventOn) {
  // Given somebody outside who hears everything from the log's beginning, while more happens inside and then something outside
  auto outsider = team_.joined_by(daybook_, "member");
  ASSERT_EQ(team_.owner.post(team_.in("/issues/" + values_["issue"] + "/comments"), object("content", "again")).status, 201);
  ASSERT_EQ(team_.owner.patch(project(), object("name", "Renamed")).status, 200);
  const auto outside = team_.issue("Outside");
  outsider.get(team_.in("/issues"));  // waits until the read models know all of it
  std::string text;
  const auto result = http::Client(daybook_.public_url())
                          .stream("/api/v1" + team_.in("/events?from=0"), {{"Authorization", "Bearer " + outsider.token}},
                                  [&](std::string_view chunk) {
                                    text += chunk;
                                    return text.find("\"subject\":\"" + outside) == text.npos;
                                  },
                                  std::chrono::seconds(30));
  EXPECT_TRUE(result.ok()) << result.error;

  // Then that is heard, and of what is inside not a word
  EXPECT_NE(text.find("\"subject\":\"" + outside), text.npos) << text;
  for (const auto& id : hidden_) EXPECT_EQ(text.find(id), text.npos) << id << "\n" << text;
}

TEST_F(PrivateProjects, AFirstReplyIsNotRepeatedToWhoMayNoLongerSeeIt) {
  // Given an issue that somebody opened in the project when they could, by an id of their own
  auto author = team_.joined_by(daybook_, "member");
  ASSERT_EQ(team_.owner.patch(project(), object("visibility", "workspace")).status, 200);
  const auto body = object("id", "7f" + team_.id.substr(2), "title", "Mine", "project_id", values_["project"]);
  const auto first = author.post(team_.in("/issues"), body);
  ASSERT_EQ(first.status, 201) << first;
  EXPECT_EQ(author.post(team_.in("/issues"), body).status, 201) << "the same once more";
  ASSERT_EQ(team_.owner.patch(project(), object("visibility", "private")).status, 200);
  const auto again = author.post(team_.in("/issues"), body);
  EXPECT_EQ(again.status, 409) << again;
  EXPECT_EQ(again.code(), "already-exists");
}

TEST_F(PrivateProjects, AStarIsShownToWhoseItIs) {
  auto insider = team_.joined_by(daybook_, "viewer");
  ASSERT_EQ(team_.owner.post(project("/members"), object("user_id", insider.user_id)).status, 201);
  ASSERT_EQ(insider.post(project("/star")).status, 200);
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(insider.get(project()).at("/is_favorite").as_bool());
    EXPECT_FALSE(team_.owner.get(project()).at("/is_favorite").as_bool());
  }
  EXPECT_NE(insider.get(project()).header("ETag"), team_.owner.get(project()).header("ETag"));
  EXPECT_EQ(insider.get(team_.in("/projects?favorite=true")).rows().size(), 1u);
  EXPECT_TRUE(team_.owner.get(team_.in("/projects?favorite=true")).rows().empty());
  EXPECT_EQ(team_.owner.get(team_.in("/projects?favorite=false")).rows().size(), 1u);
  ASSERT_EQ(insider.remove(project("/star")).status, 204);
  EXPECT_FALSE(insider.get(project()).at("/is_favorite").as_bool());
}

TEST_F(PrivateProjects, WhoLeftTheWorkspaceIsNotListedInItsProjectsAndIsAgainOnceBack) {
  auto insider = team_.joined_by(daybook_, "member");
  ASSERT_EQ(team_.owner.post(project("/members"), object("user_id", insider.user_id)).status, 201);
  EXPECT_EQ(team_.owner.get(project("/members")).rows().size(), 1u);
  ASSERT_EQ(team_.owner.remove(team_.in("/members/" + insider.user_id)).status, 204);
  EXPECT_TRUE(team_.owner.get(project("/members")).rows().empty());
  EXPECT_EQ(insider.get(project()).status, 404);
  ASSERT_EQ(team_.owner.post(team_.in("/members"), object("user_id", insider.user_id)).status, 201);
  EXPECT_EQ(team_.owner.get(project("/members")).rows().size(), 1u);
  EXPECT_EQ(insider.get(project()).status, 200);
}

}  // namespace
}  // namespace daybook::test::private_projects_test
