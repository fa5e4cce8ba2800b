// Templates: what they are made of, projects made of them in one append, ratings, and what everybody may read of those that are
// listed.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::templates_test {
namespace {

json::object task(const std::string& title, std::int64_t order, std::optional<std::int64_t> parent = {}) {
  json::object one{{"title", title}, {"description", "How to " + title}, {"priority", "high"}, {"estimated_minutes", 30}, {"order", order}};
  if (parent) one["parent_order"] = *parent;
  return one;
}

class Templates : public ::testing::Test {
 protected:
  Reply publish(const json::object& structure, const std::string& name = "Launch") {
    return owner_.post(team_.in("/templates"), object("name", name, "description", "To the moon.", "category", "space", "tags",
                                                      std::vector<std::string>{"rocket"}, "project_structure", structure));
  }
  std::string published(const json::array& tasks) {
    const auto made = publish({{"tasks", tasks}});
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  std::string listed(const json::array& tasks) {
    const auto id = published(tasks);
    EXPECT_EQ(owner_.post(team_.in("/templates/" + id + "/list")).status, 200);
    return id;
  }
  std::string of(const std::string& id, const std::string& rest = "") const { return team_.in("/templates/" + id + rest); }
  static std::string in_market(const std::string& id) { return "/marketplace/templates/" + id; }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Templates, AMistakeInTheStructureIsNamedByItsPlace) {
  const auto refused = [&](const std::string& structure, const std::string& code, const std::string& pointer) {
    const auto reply = publish(json::parse(structure).as_object());
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.text("/errors/0/code"), code) << reply;
    EXPECT_EQ(reply.pointer(), pointer) << reply;
  };
  refused(R"({"tasks":[{"title":"a"},{"title":"b","parent_order":9}]})", "unknown-reference", "/project_structure/tasks/1/parent_order");
  refused(R"({"tasks":[{"title":"a","order":1,"parent_order":2},{"title":"b","order":2,"parent_order":1}]})", "cycle",
          "/project_structure/tasks/0/parent_order");
  refused(R"({"tasks":[{"title":""}]})", "blank", "/project_structure/tasks/0/title");
  refused(R"({"tasks":[{"title":"a","priority":"soon"}]})", "unknown-value", "/project_structure/tasks/0/priority");
  refused(R"({"tasks":[{"title":"a","colour":"red"}]})", "unknown-field", "/project_structure/tasks/0/colour");
  refused(R"({"tasks":[{"title":"a","skills":["01a00000-0000-7000-8000-000000000001"]}]})", "unknown-reference",
          "/project_structure/tasks/0/skills/0");
  json::array many(501, json::value(json::object{{"title", "a"}}));
  refused(json::serialize(json::object{{"tasks", many}}), "too-many", "/project_structure/tasks");
}

TEST_F(Templates, AreReadWholeByOneAndWithoutTheirStructureInLists) {
  const auto id = published({task("build", 1), task("weld", 2, 1)});
  const auto one = owner_.get(of(id));
  ASSERT_EQ(one.status, 200) << one;
  EXPECT_EQ(one.text("/project_structure/tasks/1/title"), "weld");
  EXPECT_EQ(one.number("/project_structure/tasks/1/parent_order"), 1);
  const auto list = owner_.get(team_.in("/templates?category=space&tag=rocket"));
  ASSERT_EQ(list.rows().size(), 1u) << list;
  EXPECT_FALSE(list.at("/data/0").as_object().contains("project_structure"));
  EXPECT_EQ(owner_.get(team_.in("/templates?fields=project_structure")).text("/data/0/project_structure/tasks/0/title"), "build");
  const auto revised = owner_.patch(of(id), object("name", "Landing", "project_structure", json::object{{"tasks", json::array{task("land", 1)}}}));
  ASSERT_EQ(revised.status, 200) << revised;
  EXPECT_EQ(owner_.get(of(id, "/history")).text("/data/0/type"), "template.revised");
  EXPECT_EQ(owner_.get(team_.in("/search?q=land&type=template&expand=entity")).text("/data/0/entity/id"), id);
  EXPECT_EQ(owner_.get(team_.in("/search?q=weld&type=template")).rows().size(), 0u);
}

TEST_F(Templates, ApplyingOneMakesAProjectWithAllItsIssuesAndIsOneStory) {
  const auto skill = owner_.post(team_.in("/skills"), object("name", "Weld", "description", "", "prompt", "Carefully.", "category", "metal")).id();
  auto weld = task("weld", 2, 1);
  weld["skills"] = {skill};
  const auto id = published({weld, task("build", 1)});
  const auto applied = owner_.post(of(id, "/apply"), object("name", "Moon", "start_date", "2027-01-01"));
  ASSERT_EQ(applied.status, 201) << applied;
  EXPECT_EQ(applied.header("Location"), "/api/v1" + team_.in("/projects/" + applied.id()));
  EXPECT_EQ(applied.text("/template_id"), id);
  EXPECT_EQ(applied.text("/start_date"), "2027-01-01");

  const auto issues = owner_.get(team_.in("/issues?sort=number&expand=skills&project=" + applied.id()));
  ASSERT_EQ(issues.rows().size(), 2u) << issues;
  EXPECT_EQ(issues.text("/data/0/title"), "build");
  EXPECT_EQ(issues.number("/data/0/number"), 1);
  EXPECT_EQ(issues.text("/data/1/title"), "weld");
  EXPECT_EQ(issues.number("/data/1/number"), 2);
  EXPECT_EQ(issues.text("/data/1/parent_id"), issues.text("/data/0/id"));
  EXPECT_EQ(issues.text("/data/1/priority"), "high");
  EXPECT_EQ(issues.number("/data/1/estimated_minutes"), 30);
  EXPECT_EQ(issues.text("/data/1/skills/0/skill_id"), skill);
  EXPECT_EQ(owner_.get(of(id)).number("/usage_count"), 1);
  EXPECT_EQ(owner_.get(team_.in("/projects?template=" + id)).rows().size(), 1u);

  const auto activity = owner_.get(team_.in("/activity?sort=position&limit=200"));
  const auto rows = activity.rows();
  std::vector<std::string> story;
  std::int64_t last = 0;
  for (const auto& row : rows) {
    const auto type = std::string(row.at("type").as_string());
    if (story.empty() && type != "project.created") continue;
    if (!story.empty()) { EXPECT_EQ(row.at("position").as_int64(), last + 1) << "nothing comes between"; }
    last = row.at("position").as_int64();
    story.push_back(type);
  }
  EXPECT_EQ(story, (std::vector<std::string>{"project.created", "issue.opened", "issue.opened", "issue.skill_suggested", "template.applied"}));
}

TEST_F(Templates, WhatIsToHappenByItselfIsDefinedInTheProjectAndOnWhereAnAdminSaysSo) {
  const auto automations = json::array{{{"name", "Tell"}, {"trigger", {{"type", "manual"}}}, {"actions", json::array{{{"type", "comment"}, {"config", {{"content", "Begun."}}}}}}},
                                       {{"name", "Nothing that is known"}, {"trigger", {{"type", "never"}}}, {"actions", json::array{}}}};
  const auto made = publish({{"tasks", json::array{task("build", 1)}}, {"automations", automations}});
  ASSERT_EQ(made.status, 201) << made;
  auto member = team_.joined_by(daybook_, "member");
  for (auto* who : {&owner_, &member}) {
    const auto applied = who->post(of(made.id(), "/apply"), object("name", "Moon"));
    ASSERT_EQ(applied.status, 201) << applied;
    const auto defined = owner_.get(team_.in("/projects/" + applied.id() + "/automations"));
    ASSERT_EQ(defined.rows().size(), 1u) << defined;
    EXPECT_EQ(defined.text("/data/0/name"), "Tell");
    EXPECT_EQ(defined.at("/data/0/is_enabled").as_bool(), who == &owner_);
  }
}

TEST_F(Templates, OneWithTwoHundredTasksIsAppliedAtOnce) {
  json::array tasks;
  for (std::int64_t n = 0; n < 200; ++n) tasks.push_back(task("task " + std::to_string(n), n, n % 10 == 0 ? std::nullopt : std::optional(n - 1)));
  const auto id = published(tasks);
  const auto applied = owner_.post(of(id, "/apply"), object("name", "Large"));
  ASSERT_EQ(applied.status, 201) << applied;
  const auto issues = owner_.all(team_.in("/issues?sort=number&project=" + applied.id()));
  ASSERT_EQ(issues.size(), 200u);
  for (std::size_t n = 0; n < issues.size(); ++n) {
    EXPECT_EQ(issues[n].at("number").as_int64(), static_cast<std::int64_t>(n) + 1);
    if (n % 10 != 0) EXPECT_EQ(issues[n].at("parent_id"), issues[n - 1].at("id"));
    else EXPECT_TRUE(issues[n].at("parent_id").is_null());
  }
}

TEST_F(Templates, TheLargestOneIsAppliedAtOnce) {
  json::array tasks;
  for (std::int64_t n = 0; n < 500; ++n) tasks.push_back(task("task " + std::to_string(n), n));
  const auto applied = owner_.post(of(published(tasks), "/apply"), object("name", "Largest"));
  ASSERT_EQ(applied.status, 201) << applied;
  EXPECT_EQ(owner_.get(team_.in("/issues?limit=1&count=exact&project=" + applied.id())).number("/page/count"), 500);
}

TEST_F(Templates, ApplyingTheSameAgainWithItsIdIsTheSameProject) {
  const auto id = published({task("build", 1)});
  const auto project = "01a00000-0000-7000-8000-" + id.substr(24);
  for (int sent = 0; sent < 2; ++sent) {
    const auto applied = owner_.post(of(id, "/apply"), object("id", project, "name", "Moon"));
    ASSERT_EQ(applied.status, 201) << applied;
    EXPECT_EQ(applied.id(), project);
  }
  EXPECT_EQ(owner_.get(of(id)).number("/usage_count"), 1);
  EXPECT_EQ(owner_.all(team_.in("/issues")).size(), 1u);
  EXPECT_EQ(owner_.post(of(id, "/apply"), object("id", project, "name", "Mars")).status, 409);
}

TEST_F(Templates, WhatIsRefusedWhileItIsAppliedLeavesNothingBehind) {
  const auto id = published({task("build", 1)});
  ASSERT_EQ(owner_.post(team_.in("/projects"), object("name", "Taken", "key", "MOON")).status, 201);
  const auto refused = owner_.post(of(id, "/apply"), object("name", "Moon", "key", "MOON"));
  EXPECT_EQ(refused.status, 409) << refused;
  EXPECT_EQ(owner_.all(team_.in("/issues")).size(), 0u);
  EXPECT_EQ(owner_.get(of(id)).number("/usage_count"), 0);
}

TEST_F(Templates, AListedOneIsAppliedAndRatedFromEveryWorkspace) {
  const auto id = published({task("build", 1)});
  Team others(daybook_, "Others");
  const auto there = others.in("/templates/" + id);
  EXPECT_EQ(others.owner.post(there + "/apply", object("name", "Ours")).status, 404);
  EXPECT_EQ(others.owner.post(there + "/rate", object("rating", 5)).status, 404);
  EXPECT_EQ(others.owner.get(in_market(id)).status, 404);
  ASSERT_EQ(owner_.post(of(id, "/list")).status, 200);
  EXPECT_EQ(others.owner.get(in_market(id)).text("/project_structure/tasks/0/title"), "build");
  const auto applied = others.owner.post(there + "/apply", object("name", "Ours"));
  ASSERT_EQ(applied.status, 201) << applied;
  EXPECT_EQ(applied.text("/workspace_id"), others.id);
  EXPECT_EQ(others.owner.all(others.in("/issues")).size(), 1u);
  EXPECT_EQ(owner_.all(team_.in("/issues")).size(), 0u);
  ASSERT_EQ(others.owner.post(there + "/rate", object("rating", 4)).status, 200);
  ASSERT_EQ(owner_.post(of(id, "/rate"), object("rating", 5)).status, 200);
  const auto rated = owner_.get(of(id, "?expand=ratings"));
  EXPECT_EQ(rated.at("/rating").to_number<double>(), 4.5);
  EXPECT_EQ(rated.number("/usage_count"), 1);
  EXPECT_EQ(rated.at("/ratings").as_array().size(), 2u);
  ASSERT_EQ(others.owner.post(there + "/rate", object("rating", 1)).status, 200);
  EXPECT_EQ(owner_.get(of(id)).at("/rating").to_number<double>(), 3.0);
  EXPECT_EQ(owner_.get(of(id)).number("/rating_count"), 2) << "said again, it is changed";
  EXPECT_EQ(owner_.get(of(id, "/history")).raw.find(others.id), std::string::npos) << "whose project it is stays theirs";
}

TEST_F(Templates, AProjectsTemplateReadsAsNoneWhileItIsWithdrawn) {
  const auto id = published({task("build", 1)});
  const auto project = team_.in("/projects/" + owner_.post(of(id, "/apply"), object("name", "Moon")).id());
  ASSERT_EQ(owner_.remove(of(id)).status, 204);
  EXPECT_TRUE(owner_.get(project).at("/template_id").is_null());
  EXPECT_EQ(owner_.get(of(id)).status, 404);
  EXPECT_EQ(owner_.get(team_.in("/search?q=moon&type=template")).rows().size(), 0u);
  ASSERT_EQ(owner_.post(of(id, "/restore")).status, 200);
  EXPECT_EQ(owner_.get(project + "?expand=template").text("/template/id"), id);
}

TEST_F(Templates, SkillsAreSuggestedForAnIssueAndGoWithEither) {
  const auto skill = owner_.post(team_.in("/skills"), object("name", "Weld", "description", "", "prompt", "Carefully.", "category", "metal")).id();
  const auto issue = team_.in("/issues/" + team_.issue("join"));
  const auto suggested = owner_.post(issue + "/skills", object("skill_id", skill, "relevance_score", 0.75));
  ASSERT_EQ(suggested.status, 201) << suggested;
  EXPECT_EQ(suggested.header("Location"), "/api/v1" + issue + "/skills/" + skill);
  EXPECT_EQ(owner_.post(issue + "/skills", object("skill_id", skill)).status, 409);
  const auto list = owner_.get(issue + "/skills?expand=skill");
  ASSERT_EQ(list.rows().size(), 1u) << list;
  EXPECT_EQ(list.at("/data/0/relevance_score").to_number<double>(), 0.75);
  EXPECT_EQ(list.text("/data/0/skill/name"), "Weld");
  EXPECT_EQ(owner_.get(team_.in("/issues?skill=" + skill)).rows().size(), 1u);
  const auto count = [&] { return owner_.get(team_.in("/suggested-skills?skill_id=" + skill)).rows().size(); };
  EXPECT_EQ(count(), 1u);
  ASSERT_EQ(owner_.remove(team_.in("/skills/" + skill)).status, 204);
  EXPECT_EQ(count(), 0u);
  ASSERT_EQ(owner_.post(team_.in("/skills/" + skill + "/restore")).status, 200);
  EXPECT_EQ(count(), 1u);
  ASSERT_EQ(owner_.remove(issue).status, 204);
  EXPECT_EQ(count(), 0u);
  ASSERT_EQ(owner_.post(issue + "/restore").status, 200);
  ASSERT_EQ(owner_.remove(issue + "/skills/" + skill).status, 204);
  EXPECT_EQ(count(), 0u);
}

}  // namespace
}  // namespace daybook::test::templates_test
