#include "command-service/domain/automation/automation.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::automation_test {
namespace {

namespace happened = events::automation;
using events::Json;
using events::Patch;

const auto fresh = id_of<events::AutomationId>(90);

class Automations : public Office {
 protected:
  auto automation(events::AutomationId id = fresh) { return spec<Automation>(id, acme); }

  static happened::Defined defined() {
    happened::Defined event{};
    event.name = "Greet";
    event.trigger.text = R"({"type":"manual"})";
    event.actions.text = "[]";
    return event;
  }
  static automation::Define defining() {
    automation::Define command{};
    command.name = Name("Greet");
    command.trigger.text = R"({"type":"manual"})";
    command.actions.text = "[]";
    return command;
  }
};

TEST_F(Automations, AnAdminDefinesOneForTheWorkspaceOrAProject) {
  automation().as(max).when(defining()).then_rejected("forbidden");
  auto spec = automation();
  spec.as(ada).when(defining()).then(defined());
  EXPECT_TRUE(spec.state().is_enabled);
  EXPECT_EQ(spec.state().run_count, 0);
  spec.when(defining()).then_rejected("already-exists", "/id");

  auto command = defining();
  command.project_id = ProjectRef("PAY");
  command.is_enabled = false;
  auto event = defined();
  event.project_id = payments;
  event.is_enabled = false;
  automation(id_of<events::AutomationId>(91)).as(ada).when(command).then(event);
  command.project_id = ProjectRef(foreign_project);
  automation(id_of<events::AutomationId>(92)).as(ada).when(command).then_rejected("unknown-reference", "/project_id");
}

TEST_F(Automations, WhatItIsMadeOfIsKeptAsItWasSent) {
  auto command = defining();
  command.trigger.text = R"({ "type" : "task_created", "board" : 7 })";
  command.condition = Json{R"({ "field":"issue.status", "op":"eq", "value":"done" })"};
  command.actions.text = R"([ {"type":"ai_generate","config":{"model":"x"}} ])";
  auto spec = automation();
  spec.as(ada).when(command);
  EXPECT_EQ(spec.state().trigger.text, command.trigger.text);
  EXPECT_EQ(spec.state().condition, command.condition);
  EXPECT_EQ(spec.state().actions.text, command.actions.text);
}

TEST_F(Automations, EveryPlaceThatIsWrongIsNamedAtOnce) {
  auto command = defining();
  command.trigger.text = R"({"type":"never"})";
  command.condition = Json{"[]"};
  command.actions.text = R"([{"type":"comment"}])";
  auto spec = automation();
  spec.as(ada).when(command).then_rejected("unknown-value", "/trigger/type");
  ASSERT_EQ(spec.rejection()->errors.size(), 3u);
  EXPECT_EQ(spec.rejection()->errors[1].pointer, "/condition");
  EXPECT_EQ(spec.rejection()->errors[2].pointer, "/actions/0/config");
}

TEST_F(Automations, APatchTellsWhatItMeans) {
  automation().as(ada).given(defined());
  automation::Change change{};
  change.name = Name("Greet all");
  change.is_enabled = false;
  happened::Changed changed{};
  changed.name = "Greet all";
  changed.trigger = defined().trigger;
  changed.actions = defined().actions;
  automation().as(ada).when(change).then(changed, happened::Disabled{});
  automation().as(ada).when(change).then_nothing();
  change = {};
  change.trigger = Patch<Json>::cleared();
  automation().as(ada).when(change).then_rejected("required", "/trigger");
  change = {};
  change.condition = Json{R"({"all":[]})"};
  automation().as(ada).when(change).then_rejected("wrong-type", "/condition/all");
}

TEST_F(Automations, EnablingAndDisablingAreSaidOnce) {
  automation().as(ada).given(defined());
  automation().as(ada).when(automation::Enable{}).then_nothing();
  automation().as(ada).when(automation::Disable{}).then(happened::Disabled{});
  automation().as(ada).when(automation::Disable{}).then_nothing();
  automation().as(ada).when(automation::Enable{}).then(happened::Enabled{});
  automation().as(vic).when(automation::Disable{}).then_rejected("forbidden");
}

TEST_F(Automations, ADeletedOneTakesNothingButRestoring) {
  automation().as(ada).given(defined());
  automation().as(ada).when(automation::Delete{}).then(happened::Deleted{});
  automation().as(ada).when(automation::Delete{}).then_rejected("not-found");
  automation().as(ada).when(automation::Enable{}).then_rejected("not-found");
  automation().as(ada).when(automation::Restore{}).then(happened::Restored{});
  automation().as(ada).when(automation::Restore{}).then_nothing();
}

TEST_F(Automations, ADeletedProjectHidesItsAutomationsAndAMovedOneIsFree) {
  auto event = defined();
  event.project_id = payments;
  automation().as(ada).given(event);
  auto other = automation(id_of<events::AutomationId>(91));
  other.as(ada).given(event);
  automation::Change out{};
  out.project_id = Patch<ProjectRef>::cleared();
  happened::Changed changed{};
  changed.name = "Greet";
  changed.trigger = defined().trigger;
  changed.actions = defined().actions;
  automation().as(ada).when(out).then(changed);
  project(payments).as(olga).given(events::project::Deleted{});
  automation().as(ada).when(automation::Disable{}).then(happened::Disabled{});
  other.when(automation::Disable{}).then_rejected("not-found");
  automation::Change back{};
  back.project_id = ProjectRef(payments);
  automation().as(ada).when(back).then_rejected("unknown-reference", "/project_id");
}

TEST_F(Automations, ARepeatedDefinitionIsTheSameWhereItNamesTheSame) {
  auto first = defined();
  first.project_id = payments;
  auto asking = context();
  asking.workspace = &world.state<Workspace>(events::stream_of(acme));
  auto again = defining();
  EXPECT_FALSE(repeats(first, again, asking, world.facts));
  again.project_id = ProjectRef("PAY");
  EXPECT_TRUE(repeats(first, again, asking, world.facts));
  again.project_id = ProjectRef(payments);
  EXPECT_TRUE(repeats(first, again, asking, world.facts));
  again.name = Name("Another");
  EXPECT_FALSE(repeats(first, again, asking, world.facts));
}

TEST_F(Automations, RunsAreCountedAndTheNewestIsTheOneThatHappenedLast) {
  auto spec = automation();
  spec.as(ada).given(defined());
  const auto begun = spec.context().now;
  spec.after(std::chrono::seconds(60)).given(happened::Ran{{}, 2});
  spec.given(happened::RunFailed{{}, 1, "No such label."});
  EXPECT_EQ(spec.state().run_count, 2);
  EXPECT_EQ(spec.state().failure_count, 1);
  EXPECT_EQ(spec.state().last_error, "No such label.");
  spec.after(std::chrono::seconds(-30)).given(happened::Ran{{}, 2});
  EXPECT_EQ(spec.state().run_count, 3);
  EXPECT_EQ(spec.state().last_run_at, begun + std::chrono::seconds(60)) << "one that was told late is not the newest";
  EXPECT_EQ(spec.state().last_error, "No such label.");
  spec.after(std::chrono::seconds(90)).given(happened::Ran{{}, 2});
  EXPECT_FALSE(spec.state().last_error);
}

}  // namespace
}  // namespace daybook::domain::automation_test
