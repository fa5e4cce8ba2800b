#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::template_test {
namespace {

namespace happened = events::template_;
using events::Patch;
using events::issue::Priority;
using template_::AutomationToBe;
using template_::StructureToBe;
using template_::TaskToBe;

const auto fresh = id_of<events::TemplateId>(90);
const auto another = id_of<events::TemplateId>(91);
const auto linting = id_of<events::SkillId>(92);
const auto nowhere = id_of<events::SkillId>(93);

TaskToBe task(const std::string& title, std::optional<std::int64_t> order = {}, std::optional<std::int64_t> parent = {}) {
  TaskToBe one{};
  one.title = Title(title);
  one.order = order;
  one.parent_order = parent;
  return one;
}

template_::Publish publishing(StructureToBe structure = {}) {
  template_::Publish command{};
  command.name = Name("Launch");
  command.description = Description("To the moon.");
  command.category = Name("space");
  command.project_structure = std::move(structure);
  return command;
}
happened::Published published(happened::ProjectStructure structure = {}) {
  happened::Published event{};
  event.name = "Launch";
  event.description = "To the moon.";
  event.category = "space";
  event.project_structure = std::move(structure);
  return event;
}

class Templates : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
    events::skill::Published lint{};
    lint.name = "Lint";
    skill(linting).as(olga).given(lint);
  }
  void expect_refused(StructureToBe structure, std::string_view code, std::string_view pointer) {
    template_of(another).as(max).when(publishing(std::move(structure))).then_rejected(code, pointer);
  }
};

TEST_F(Templates, AMemberPublishesOneThatIsNotListedUnlessSaid) {
  auto spec = template_of(fresh);
  spec.as(max).when(publishing()).then(published());
  EXPECT_FALSE(spec.state().is_public);
  EXPECT_FALSE(spec.state().rating);
  EXPECT_EQ(spec.state().author_id->value, max.value);
  spec.when(publishing()).then_rejected("already-exists", "/id");
  template_of(another).as(vic).when(publishing()).then_rejected("forbidden");
  auto command = publishing();
  command.is_public = true;
  command.tags = std::vector{Tag("b"), Tag("a"), Tag("b")};
  command.cover_image = Place("moon.png");
  auto event = published();
  event.is_public = true;
  event.tags = {"b", "a"};
  event.cover_image = "moon.png";
  template_of(another).as(max).when(command).then(event);
}

TEST_F(Templates, WhatIsLeftOutOfATaskStandsInTheEvent) {
  StructureToBe structure{};
  structure.tasks = {task("Build"), task("Weld", {}, 0)};
  structure.tasks[1].priority = Priority::urgent;
  structure.tasks[1].skills = std::vector{linting};
  structure.automations = std::vector{AutomationToBe{Name("Tell"), {}, {}}};
  happened::ProjectStructure kept{};
  kept.tasks = {{"Build", {}, Priority::medium, {}, {}, 0, {}}, {"Weld", {}, Priority::urgent, {}, {linting}, 1, 0}};
  kept.automations = {{"Tell", events::Json{"{}"}, events::Json{"[]"}}};
  template_of(fresh).as(max).when(publishing(structure)).then(published(kept));
}

TEST_F(Templates, AParentIsATaskThatIsThereAndCanBeTold) {
  expect_refused({{task("a", 1), task("b", 2, 7)}, {}, {}}, "unknown-reference", "/project_structure/tasks/1/parent_order");
  expect_refused({{task("a", 1), task("b", 1), task("c", 2, 1)}, {}, {}}, "ambiguous", "/project_structure/tasks/2/parent_order");
  StructureToBe fine{{task("a", 1), task("b", 1), task("c", 2), task("d", 3, 2)}, {}, {}};
  template_of(fresh).as(max).when(publishing(fine));
  EXPECT_EQ(template_of(fresh).state().project_structure.tasks.size(), 4u);
}

TEST_F(Templates, NoTaskLiesBelowItself) {
  expect_refused({{task("a", 1, 1)}, {}, {}}, "cycle", "/project_structure/tasks/0/parent_order");
  expect_refused({{task("top", 0), task("a", 1, 3), task("b", 2, 1), task("c", 3, 2)}, {}, {}}, "cycle", "/project_structure/tasks/1/parent_order");
  auto spec = template_of(another).as(max).when(publishing({{task("a", 1, 2), task("b", 2, 1), task("below", 3, 1)}, {}, {}}));
  ASSERT_TRUE(spec.rejection());
  EXPECT_EQ(spec.rejection()->errors.size(), 2u) << "what only hangs below a circle is not in it";
}

TEST_F(Templates, SkillsThatTasksNameAreThereAndEachOnce) {
  auto one = task("a");
  one.skills = std::vector{linting, nowhere};
  expect_refused({{task("x"), one}, {}, {}}, "unknown-reference", "/project_structure/tasks/1/skills/1");
  one.skills = std::vector{linting, linting};
  expect_refused({{one}, {}, {}}, "already-exists", "/project_structure/tasks/0/skills/1");
  expect_refused({{}, std::vector{nowhere}, {}}, "unknown-reference", "/project_structure/skills/0");
  skill(linting).as(olga).when(skill::Withdraw{});
  one.skills = std::vector{linting};
  expect_refused({{one}, {}, {}}, "unknown-reference", "/project_structure/tasks/0/skills/0");
}

TEST_F(Templates, TasksSkillsAndBytesHaveLimits) {
  StructureToBe many{std::vector<TaskToBe>(template_::tasks_max + 1, task("a")), {}, {}};
  expect_refused(many, "too-many", "/project_structure/tasks");
  StructureToBe large{std::vector<TaskToBe>(9, task("a")), {}, {}};
  for (auto& each : large.tasks) each.description = Description(std::string(60 << 10, 'x'));
  expect_refused(large, "too-long", "/project_structure");
  expect_refused({{}, {}, std::vector(template_::automations_max + 1, AutomationToBe{Name("a"), {}, {}})}, "too-many", "/project_structure/automations");
  many.tasks.pop_back();
  template_of(fresh).as(max).when(publishing(many));
  EXPECT_EQ(template_of(fresh).state().project_structure.tasks.size(), template_::tasks_max);
}

TEST_F(Templates, WhatAutomationsHoldHasItsForm) {
  AutomationToBe one{Name("Tell"), events::Json{"[]"}, {}};
  expect_refused({{}, {}, std::vector{one}}, "wrong-type", "/project_structure/automations/0/trigger");
  one.trigger = events::Json{R"({"type":"task_created"})"};
  one.actions = events::Json{"{}"};
  expect_refused({{}, {}, std::vector{one}}, "wrong-type", "/project_structure/automations/0/actions");
  StructureToBe late{{task("a")}, {}, {}};
  late.tasks[0].estimated_minutes = -1;
  expect_refused(late, "out-of-range", "/project_structure/tasks/0/estimated_minutes");
}

TEST_F(Templates, ARevisionIsWholeAndWhatSaysNothingNewIsNone) {
  auto spec = template_of(fresh);
  spec.as(max).when(publishing());
  template_::Revise revise{};
  revise.name = Name("Landing");
  revise.tags = std::vector{Tag("soft")};
  revise.project_structure = StructureToBe{{task("Land")}, {}, {}};
  happened::Revised event{"Landing", "To the moon.", "space", {}, {"soft"}, {{{"Land", {}, Priority::medium, {}, {}, 0, {}}}, {}, {}}, {}};
  spec.when(revise).then(event).when(revise).then_nothing();
  revise.project_structure = Patch<StructureToBe>::cleared();
  spec.when(revise).then_rejected("required", "/project_structure");
  revise.project_structure = StructureToBe{{task("Land", 1, 2)}, {}, {}};
  spec.when(revise).then_rejected("unknown-reference", "/project_structure/tasks/0/parent_order");
}

TEST_F(Templates, ASkillThatWasWithdrawnSinceStaysWhereItStands) {
  StructureToBe structure{{task("a")}, std::vector{linting}, {}};
  auto spec = template_of(fresh);
  spec.as(max).when(publishing(structure));
  skill(linting).as(olga).when(skill::Withdraw{});
  template_::Revise revise{};
  revise.project_structure = structure;
  spec.when(revise).then_nothing();
}

TEST_F(Templates, OnlyItsAuthorOrAnAdminChangesATemplate) {
  auto spec = template_of(fresh);
  spec.as(max).when(publishing());
  template_::Revise revise{};
  revise.name = Name("Mine");
  spec.as(nora).when(revise).then_rejected("forbidden");
  spec.when(template_::List{}).then_rejected("forbidden");
  spec.when(template_::Withdraw{}).then_rejected("forbidden");
  spec.as(ada).when(revise).when(template_::List{}).then(happened::Listed{}).when(template_::List{}).then_nothing();
  spec.as(max).when(template_::Unlist{}).then(happened::Unlisted{}).when(template_::Unlist{}).then_nothing();
  spec.when(template_::Withdraw{}).then(happened::Withdrawn{}).when(template_::Withdraw{}).then_rejected("not-found");
  spec.when(template_::Rate{5}).then_rejected("not-found");
  spec.as(nora).when(template_::Restore{}).then_rejected("forbidden");
  spec.as(ada).when(template_::Restore{}).then(happened::Restored{}).when(template_::Restore{}).then_nothing();
}

TEST_F(Templates, OnlyASuperuserMakesOneOfficialTheirOwnOrAListedOne) {
  auto spec = template_of(fresh);
  spec.as(max).when(publishing());
  spec.as(olga).when(template_::MakeOfficial{}).then_rejected("forbidden");
  auto strange = this->spec<Template>(fresh, other);
  strange.as(nora).context().is_superuser = true;
  strange.when(template_::MakeOfficial{}).then_rejected("not-found");
  spec.when(template_::List{});
  strange.when(template_::MakeOfficial{}).then(happened::MadeOfficial{}).when(template_::MakeOfficial{}).then_nothing();
}

TEST_F(Templates, APersonHasOneRatingFromOneToFiveAndMayChangeIt) {
  auto spec = template_of(fresh);
  spec.as(max).when(publishing());
  for (const std::int64_t wrong : {0, 6, -1}) spec.when(template_::Rate{wrong}).then_rejected("out-of-range", "/rating");
  const events::TemplateRatingId id{context().fresh_id};
  spec.when(template_::Rate{2}).then(happened::Rated{id, max, 2}).when(template_::Rate{2}).then_nothing();
  spec.when(template_::Rate{5}).then(happened::Rated{id, max, 5});
  EXPECT_EQ(spec.state().rating_count, 1);
  EXPECT_EQ(spec.state().rating, 5.0);
  auto second = template_of(fresh).as(ada);
  second.context().fresh_id = id_of<events::LabelId>(998).value;
  second.when(template_::Rate{4});
  EXPECT_EQ(spec.state().rating, 4.5);
  EXPECT_TRUE(world.facts.claimed(scope::template_rating, fresh.text() + ":" + ada.text()));
  spec.as(vic).when(template_::Rate{1}).then_rejected("forbidden");
}

TEST_F(Templates, AnotherWorkspaceSeesAListedOneAlone) {
  auto theirs = template_of(fresh);
  theirs.as(max).when(publishing());
  auto strange = spec<Template>(fresh, other);
  strange.as(nora).when(template_::Rate{5}).then_rejected("not-found");
  theirs.when(template_::List{});
  strange.when(template_::Rate{5});
  EXPECT_EQ(theirs.state().rating_count, 1);
  template_::Revise revise{};
  revise.name = Name("Mine");
  strange.when(revise).then_rejected("not-found");
  strange.when(template_::Withdraw{}).then_rejected("not-found");
  workspace().as(olga).given(events::workspace::Deleted{});
  strange.when(template_::Rate{1}).then_rejected("not-found");
}

TEST_F(Templates, AProjectNamesATemplateThatIsThereForIt) {
  template_of(fresh).as(max).when(publishing());
  project::Change change{};
  change.template_id = events::EntityId{fresh.value};
  auto spec = project(payments);
  spec.as(max).when(change);
  EXPECT_EQ(spec.state().template_id, events::EntityId{fresh.value});
  spec.when(change).then_nothing();
  change.template_id = events::EntityId{another.value};
  spec.when(change).then_rejected("unknown-reference", "/template_id");
  auto strange = this->spec<Project>(foreign_project, other);
  change.template_id = events::EntityId{fresh.value};
  strange.as(nora).when(change).then_rejected("unknown-reference", "/template_id");
  template_of(fresh).as(max).when(template_::Withdraw{});
  change.name = Name("Payments and more");
  spec.when(change);
  EXPECT_EQ(spec.state().name, "Payments and more") << "what stands is not asked about again";
  change.template_id = Patch<events::EntityId>::cleared();
  spec.when(change);
  EXPECT_FALSE(spec.state().template_id);
}

}  // namespace
}  // namespace daybook::domain::template_test
