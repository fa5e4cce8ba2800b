// What belongs to one person alone is hidden when they are deleted, with everything that lies in it, whatever route is taken: the
// routes are those the server itself says it has.
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/things.hpp"

namespace daybook::test::owned_test {
namespace {

const std::set<std::string> hidden_parameters{"project", "issue",   "comment", "dependency", "document",   "time_entry", "commit",
                                              "sprint",  "webhook", "skill",   "review",     "template", "automation",
                                              "blueprint", "blueprint_review"};

class Owned : public ::testing::Test {
 protected:
  // Given an owner, not the only one, who made one of everything, all issues in their project, and who then goes
  Owned() : values_(make_things(ada_, team_.id)) {
    for (const auto& issue : owner_.all(team_.in("/issues"))) {
      const std::string id(issue.at("id").as_string());
      EXPECT_EQ(ada_.post(team_.in("/issues/" + id + "/move"), object("project_id", values_["project"])).status, 200);
      hidden_.insert(id);
    }
    for (const auto& name : hidden_parameters) hidden_.insert(values_[name]);
    for (const std::string kind : {"skill", "template", "blueprint"})
      EXPECT_EQ(ada_.post(team_.in("/" + kind + "s/" + values_[kind] + "/list")).status, 200);
  }

  void ada_goes() { ASSERT_EQ(ada_.remove("/me").status, 204); }

  std::vector<Operation> below_the_workspace() {
    auto operations = all_operations(owner_);
    std::erase_if(operations, [](const auto& operation) { return !operation.in_workspace() || operation.streams; });
    return operations;
  }
  static bool names_what_is_hidden(const Operation& operation) {
    for (const auto& name : operation.parameters())
      if (hidden_parameters.count(name) > 0) return true;
    return false;
  }
  std::size_t count(const std::string& path) { return owner_.all(path).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
  Caller ada_ = team_.joined_by(daybook_, "owner");
  Values values_;
  std::set<std::string> hidden_;
};

TEST_F(Owned, EveryRouteHidesWhatBelongedAloneToWhoIsDeleted) {
  ada_goes();
  auto body = values_;
  body["guest"] = body["user_id"] = owner_.user_id;
  int asked = 0;
  for (const auto& operation : below_the_workspace()) {
    const bool is_about_it = names_what_is_hidden(operation);
    const bool is_hidden = operation.method == "GET" && !operation.path.ends_with("/audit");  // which tells of everything, for ever
    if (!is_hidden && !is_about_it) continue;
    const auto reply = owner_.send(operation.method, path_of(operation, values_), body_of(operation, body));
    if (is_about_it) { EXPECT_EQ(reply.status, 404) << operation << ": " << reply; }
    auto said = reply.body;
    if (said.is_object()) said.as_object().erase("instance");  // the caller's own words
    const auto words = json::serialize(said);
    for (const auto& id : hidden_) EXPECT_EQ(words.find(id), words.npos) << operation << " tells " << id << ": " << reply;
    ++asked;
  }
  EXPECT_GT(asked, 60);
}

TEST_F(Owned, ListsCountsSearchFeedsAndTheMarketHideItToo) {
  const auto found = [&] { return count(team_.in("/search?q=" + std::string(secret_words) + "&type=project,skill,template,blueprint,issue,document")); };
  const auto exactly = [&](const std::string& path) { return owner_.get(team_.in(path)).number("/page/count"); };
  EXPECT_GT(found(), 3u);
  EXPECT_EQ(owner_.get("/marketplace/skills/" + values_["skill"]).status, 200);
  ada_goes();
  EXPECT_EQ(found(), 0u);
  EXPECT_EQ(exactly("/projects?count=exact&deleted=include"), 0);
  EXPECT_EQ(exactly("/issues?count=exact&deleted=include"), 0);
  EXPECT_EQ(exactly("/skills?count=exact"), 0);
  for (const std::string name : {"project", "issue", "comment", "skill", "template", "blueprint", "automation"})
    EXPECT_EQ(count(team_.in("/activity?entity=" + values_[name])), 0u) << name;
  for (const std::string kind : {"skill", "template", "blueprint"}) {
    const auto by = kind == "blueprint" ? "s?publisher=" : "s?author=";
    EXPECT_EQ(owner_.get("/marketplace/" + kind + "s/" + values_[kind]).status, 404) << kind;
    EXPECT_EQ(owner_.get("/marketplace/" + kind + by + ada_.user_id).rows().size(), 0u) << kind;
  }
  for (const std::string kind : {"skill", "blueprint"})
    EXPECT_EQ(owner_.get("/marketplace/" + kind + "s/" + values_[kind] + "/reviews").status, 404) << kind;
}

TEST_F(Owned, WhatPointsAtItReadsNull) {
  const auto made_of_it = owner_.post(team_.in("/projects"), object("name", "Kept", "template_id", values_["template"])).id();
  const auto outside = owner_.post(team_.in("/issues"), object("title", "Outside", "parent_id", values_["issue"])).id();
  ASSERT_EQ(owner_.post(team_.in("/issues/" + outside + "/skills"), object("skill_id", values_["skill"])).status, 201);
  EXPECT_FALSE(owner_.get(team_.in("/projects/" + made_of_it)).at("/template_id").is_null());
  ada_goes();
  EXPECT_TRUE(owner_.get(team_.in("/projects/" + made_of_it)).at("/template_id").is_null());
  const auto below = owner_.get(team_.in("/issues/" + outside + "?expand=parent,skills"));
  EXPECT_TRUE(below.at("/parent_id").is_null()) << below;
  EXPECT_TRUE(below.at("/parent").is_null()) << below;
  EXPECT_TRUE(below.at("/skills").as_array().empty()) << below;
}

TEST_F(Owned, WhatWasHandedOverBeforeIsKept) {
  ASSERT_EQ(ada_.patch(team_.in("/projects/" + values_["project"]), object("owner_id", owner_.user_id)).status, 200);
  ada_goes();
  EXPECT_EQ(owner_.get(team_.in("/projects/" + values_["project"])).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/comments/" + values_["comment"])).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/skills/" + values_["skill"])).status, 404);
}

TEST_F(Owned, ALiveStreamIsSilentAboutIt) {
  ada_goes();
  const auto outside = team_.issue("After them");
  owner_.get(team_.in("/issues"));  // waits until the read models know all of it
  std::string text;
  const auto result = http::Client(daybook_.public_url())
                          .stream("/api/v1" + team_.in("/events?from=0"), {{"Authorization", "Bearer " + owner_.token}},
                                  [&](std::string_view chunk) {
                                    text += chunk;
                                    return text.find("\"subject\":\"" + outside) == text.npos;
                                  },
                                  std::chrono::seconds(30));
  EXPECT_TRUE(result.ok()) << result.error;
  EXPECT_NE(text.find("\"subject\":\"" + outside), text.npos) << text;
  for (const auto& id : hidden_) EXPECT_EQ(text.find("\"subject\":\"" + id), text.npos) << id;
}

}  // namespace
}  // namespace daybook::test::owned_test
