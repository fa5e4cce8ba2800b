#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::label_test {
namespace {

namespace happened = events::workspace;
using events::Patch;
using Labels = Office;

workspace::DefineLabel define(const std::string& name) {
  workspace::DefineLabel command{};
  command.name = Name(name);
  return command;
}
workspace::ChangeLabel rename(events::LabelId id, const std::string& name) {
  workspace::ChangeLabel command{};
  command.label_id = id;
  command.name = Name(name);
  return command;
}
workspace::DeleteLabel remove(events::LabelId id) { return {id}; }
workspace::RestoreLabel restore(events::LabelId id) { return {id}; }

TEST_F(Labels, AMemberDefinesALabelThatIsBlackUnlessSaid) {
  workspace()
      .as(max)
      .when(define("Bug"))
      .then(happened::LabelDefined{events::LabelId{context().fresh_id}, "Bug", "#000000", std::nullopt});
  auto full = define("Idea");
  full.id = id_of<events::LabelId>(51);
  full.color = Color("#00ff00");
  full.description = Description("Worth a thought");
  workspace().as(max).when(full).then(
      happened::LabelDefined{id_of<events::LabelId>(51), "Idea", "#00ff00", "Worth a thought"});
  workspace().as(vic).when(define("No")).then_rejected("forbidden");
}

TEST_F(Labels, ANameIsTakenWhateverItsCaseAndAnIdOnce) {
  workspace().as(max).when(define("URGENT")).then_rejected("already-exists", "/name");
  auto again = define("Other");
  again.id = urgent;
  workspace().as(max).when(again).then_rejected("already-exists", "/id");
}

TEST_F(Labels, AnotherWorkspaceMayUseTheSameName) {
  const auto id = events::LabelId{context().fresh_id};
  spec<Workspace>(other, other)
      .as(nora)
      .when(define("Urgent"))
      .then(happened::LabelDefined{id, "Urgent", "#000000", std::nullopt});
}

TEST_F(Labels, AnAdminChangesALabelAndAMemberDoesNot) {
  workspace().as(max).when(rename(urgent, "Now")).then_rejected("forbidden");
  auto spec = workspace();
  spec.as(ada)
      .when(rename(urgent, "Now"))
      .then(happened::LabelChanged{urgent, "Now", "#ff0000", std::nullopt});
  spec.when(rename(urgent, "Now")).then_nothing();
  EXPECT_FALSE(world.facts.claimed(scope::label_name, key_in(acme, "urgent")));
  EXPECT_TRUE(world.facts.claimed(scope::label_name, key_in(acme, "now")));
}

TEST_F(Labels, OnlyTheCaseOfANameMayChange) {
  workspace()
      .as(ada)
      .when(rename(urgent, "URGENT"))
      .then(happened::LabelChanged{urgent, "URGENT", "#ff0000", std::nullopt});
}

TEST_F(Labels, AChangeToATakenNameOrToNothingIsRefused) {
  workspace().as(max).when(define("Bug"));
  workspace().as(ada).when(rename(urgent, "bug")).then_rejected("already-exists", "/name");
  workspace::ChangeLabel clear{};
  clear.label_id = urgent;
  clear.name = Patch<Name>::cleared();
  workspace().as(ada).when(clear).then_rejected("required", "/name");
  workspace().as(ada).when(rename(id_of<events::LabelId>(99), "X")).then_rejected("not-found");
}

TEST_F(Labels, DeletionFreesTheNameAndRestorationNeedsIt) {
  auto spec = workspace();
  spec.as(ada).when(remove(urgent)).then(happened::LabelDeleted{urgent});
  spec.when(remove(urgent)).then_rejected("not-found");
  spec.when(rename(urgent, "X")).then_rejected("not-found");
  spec.when(define("urgent"));
  const auto newer = events::LabelId{context().fresh_id};
  spec.when(restore(urgent)).then_rejected("already-exists", "/name");
  spec.when(remove(newer)).when(restore(urgent)).then(happened::LabelRestored{urgent});
  spec.when(restore(urgent)).then_nothing();
  EXPECT_TRUE(world.facts.claimed(scope::label_name, key_in(acme, "urgent")));
  spec.when(restore(id_of<events::LabelId>(99))).then_rejected("not-found");
}

TEST_F(Labels, ALabelHasAnETagOfItsOwn) {
  const auto& state = workspace().state();
  EXPECT_EQ(entity_version(state, rename(urgent, "X")).value, 6);
  EXPECT_EQ(entity_version(state, remove(id_of<events::LabelId>(99))).value, 0);
  workspace().as(max).when(define("Bug"));
  EXPECT_EQ(entity_version(state, restore(urgent)).value, 6);
  EXPECT_EQ(entity_version(state, define("X")).value, 7);
}

}  // namespace
}  // namespace daybook::domain::label_test
