// What applying a template comes to: a project and its issues, by the commands that make such things one by one.
#include "command-service/domain/template/apply.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::template_apply_test {
namespace {

namespace happened = events::template_;
using events::issue::Priority;

const auto launch = id_of<events::TemplateId>(90);
const auto linting = id_of<events::SkillId>(92);
const auto moon = id_of<events::ProjectId>(95);

class Applying : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    events::skill::Published lint{};
    lint.name = "Lint";
    skill(linting).as(olga).given(lint);
  }
  void publish(std::vector<happened::Task> tasks, bool listed = false) {
    happened::Published published{};
    published.name = "Launch";
    published.cover_image = "moon.png";
    published.is_public = listed;
    published.project_structure.tasks = std::move(tasks);
    published.project_structure.automations = {{"Tell", events::Json{R"({"type":"task_created"})"}, events::Json{"[]"}}};
    template_of(launch).as(max).given(published);
  }
  static happened::Task task(const std::string& title, std::int64_t order, std::optional<std::int64_t> parent = {}) {
    return {title, "How to " + title, Priority::high, 30, {}, order, parent};
  }
  static template_::Apply command() {
    template_::Apply apply{};
    apply.id = moon;
    apply.template_id = launch;
    apply.name = Name("Moon");
    apply.start_date = text::Date{2027, 1, 1};
    return apply;
  }
  CommandContext of(events::UserId user, events::WorkspaceId where, MemberRole role) {
    auto context = spec<Workspace>(where, where).as(user).context();
    context.workspace = &world.state<Workspace>(events::stream_of(where));
    context.role = role;
    return context;
  }
  Result<template_::Application> applied(events::UserId user, events::WorkspaceId where, MemberRole role = MemberRole::member) {
    return template_::apply(template_of(launch).state(), moon, command(), of(user, where, role), world.facts);
  }
  // Carries it out, as the route does, and expects that nothing of it is refused.
  void carry_out(const template_::Application& application) {
    auto made = project(moon).as(max).when(application.project);
    ASSERT_FALSE(made.rejection()) << made.rejection()->detail;
    for (const auto& one : application.issues) {
      auto opened = issue(one.id).as(max).when(one.open);
      ASSERT_FALSE(opened.rejection()) << opened.rejection()->detail;
      for (const auto& skill : one.skills) {
        opened.when(skill);
        ASSERT_FALSE(opened.rejection()) << opened.rejection()->detail;
      }
    }
  }
  const issue::State& issue_of(const template_::Application& application, std::size_t n) { return issue(application.issues.at(n).id).state(); }
};

TEST_F(Applying, MakesTheProjectAndAnIssueOfEachTaskInTheirOrder) {
  publish({task("weld", 3, 1), task("build", 1), task("fly", 2)});
  const auto application = applied(max, acme);
  ASSERT_TRUE(application);
  carry_out(*application);
  const auto& made = project(moon).state();
  EXPECT_EQ(made.name, "Moon");
  EXPECT_EQ(made.key, "MOO");
  EXPECT_EQ(made.template_id, events::EntityId{launch.value});
  EXPECT_EQ(made.cover_image, "moon.png");
  EXPECT_EQ(made.start_date, (text::Date{2027, 1, 1}));
  std::vector<std::string> titles;
  for (std::size_t n = 0; n < application->issues.size(); ++n) {
    const auto& one = issue_of(*application, n);
    titles.push_back(one.title);
    EXPECT_EQ(one.number, static_cast<std::int64_t>(n) + 4) << "gap-free behind the three that are there";
    EXPECT_EQ(one.project_id, moon);
    EXPECT_EQ(one.priority, Priority::high);
    EXPECT_EQ(one.estimated_minutes, 30);
    EXPECT_EQ(one.description, "How to " + one.title);
  }
  EXPECT_EQ(titles, (std::vector<std::string>{"build", "fly", "weld"}));
  EXPECT_EQ(issue_of(*application, 2).parent_id, application->issues[0].id);
}

TEST_F(Applying, OpensNoIssueBeforeItsParent) {
  publish({task("a", 1, 2), task("b", 2, 3), task("c", 3)});
  const auto application = applied(max, acme);
  ASSERT_TRUE(application);
  carry_out(*application);
  EXPECT_EQ(issue_of(*application, 0).title, "c");
  EXPECT_EQ(issue_of(*application, 1).parent_id, application->issues[0].id);
  EXPECT_EQ(issue_of(*application, 2).title, "a");
  EXPECT_EQ(issue_of(*application, 2).parent_id, application->issues[1].id);
}

TEST_F(Applying, SuggestsTheSkillsThatAreStillThere) {
  auto one = task("lint", 1);
  one.skills = {linting};
  publish({one});
  auto application = applied(max, acme);
  ASSERT_TRUE(application);
  carry_out(*application);
  ASSERT_EQ(issue_of(*application, 0).skills.size(), 1u);
  EXPECT_EQ(issue_of(*application, 0).skills[0].skill_id, linting);
  skill(linting).as(olga).when(skill::Withdraw{});
  application = applied(max, acme);
  ASSERT_TRUE(application);
  EXPECT_TRUE(application->issues[0].skills.empty());
}

TEST_F(Applying, AutomationsAreSwitchedOnByWhomMayDefineThem) {
  publish({task("a", 1)});
  for (const auto& [role, enabled] : {std::pair(MemberRole::admin, true), std::pair(MemberRole::member, false)}) {
    const auto application = applied(max, acme, role);
    ASSERT_TRUE(application);
    ASSERT_EQ(application->automations.size(), 1u);
    EXPECT_EQ(application->automations[0].define.name.text, "Tell");
    EXPECT_EQ(application->automations[0].define.is_enabled, enabled);
  }
}

TEST_F(Applying, TheNoteOnTheTemplateTellsHowMuchAndCounts) {
  publish({task("a", 1), task("b", 2)});
  const auto application = applied(max, acme);
  ASSERT_TRUE(application);
  EXPECT_EQ(application->applied.issues, 2);
  ASSERT_EQ(application->applied.automations.size(), 1u);
  EXPECT_EQ(application->applied.automations[0].name, "Tell");
  template_of(launch).as(max).given(application->applied);
  EXPECT_EQ(template_of(launch).state().usage_count, 1);
}

TEST_F(Applying, AnotherWorkspaceAppliesAListedOneAlone) {
  publish({task("a", 1)});
  const auto hidden = applied(nora, other, MemberRole::owner);
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().code, "not-found");
  template_of(launch).as(max).when(template_::List{});
  EXPECT_TRUE(applied(nora, other, MemberRole::owner));
  template_of(launch).as(max).when(template_::Withdraw{});
  EXPECT_FALSE(applied(max, acme)) << "what was withdrawn is there for nobody";
}

TEST_F(Applying, TheSameAgainIsTheSameProject) {
  publish({task("a", 1)});
  const auto application = applied(max, acme);
  ASSERT_TRUE(application);
  auto made = project(moon).as(max).when(application->project);
  const auto first = std::get<events::project::Created>(made.events().at(0));
  EXPECT_TRUE(repeats(first, command(), context(), world.facts));
  auto again = command();
  again.name = Name("Mars");
  EXPECT_FALSE(repeats(first, again, context(), world.facts));
  again = command();
  again.template_id = id_of<events::TemplateId>(99);
  EXPECT_FALSE(repeats(first, again, context(), world.facts));
}

TEST_F(Applying, TheLargestTemplateOpensAllItsIssues) {
  std::vector<happened::Task> tasks;
  for (std::size_t n = 0; n < template_::tasks_max; ++n)
    tasks.push_back(task("t" + std::to_string(n), static_cast<std::int64_t>(n), n == 0 ? std::nullopt : std::optional<std::int64_t>(static_cast<std::int64_t>(n) - 1)));
  publish(tasks);
  const auto application = applied(max, acme);
  ASSERT_TRUE(application);
  ASSERT_EQ(application->issues.size(), template_::tasks_max);
  for (std::size_t n = 1; n < application->issues.size(); ++n)
    EXPECT_EQ(application->issues[n].open.parent_id->text, application->issues[n - 1].id.text());
}

}  // namespace
}  // namespace daybook::domain::template_apply_test
