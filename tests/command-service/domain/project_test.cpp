#include "tests/command-service/domain/office.hpp"

namespace daybook::domain {
namespace {

namespace happened = events::project;
using events::Patch;
using Projects = Office;

project::Create named(const std::string& name) {
  project::Create command{};
  command.name = Name(name);
  return command;
}

const auto fresh = id_of<events::ProjectId>(22);

TEST_F(Projects, AMemberCreatesAProjectAndOwnsIt) {
  happened::Created expected{};
  expected.key = "WEB";
  expected.name = "Website";
  expected.owner_id = max;
  project(fresh).as(max).when(named("Website")).then(expected);
  project(fresh).as(max).when(named("Website")).then_rejected("already-exists", "/id");
  project(id_of<events::ProjectId>(23)).as(vic).when(named("No")).then_rejected("forbidden");
}

TEST_F(Projects, AKeyMadeFromANameAvoidsTakenOnes) {
  auto spec = project(fresh);
  spec.as(max).when(named("Pay"));
  EXPECT_EQ(spec.state().key, "PAY1");
  for (int i = 2; i <= 8; ++i) project(id_of<events::ProjectId>(200 + i)).as(max).when(named("Pay"));
  auto tenth = project(id_of<events::ProjectId>(23));
  tenth.as(max).when(named("Pay"));
  EXPECT_EQ(tenth.state().key, "PAYX7K2P9");
}

TEST_F(Projects, AKeyThatWasAskedForAndIsTakenIsRefused) {
  auto command = named("Other");
  command.key = ProjectKey("PAY");
  project(fresh).as(max).when(command).then_rejected("already-exists", "/key");
}

TEST_F(Projects, TheOwnerIsAMemberOrNobody) {
  auto command = named("A");
  command.owner_id = nora;
  project(fresh).as(max).when(command).then_rejected("unknown-reference", "/owner_id");
  command.owner_id = Patch<events::UserId>::cleared();
  auto spec = project(fresh);
  spec.as(max).when(command);
  EXPECT_FALSE(spec.state().owner_id);
}

TEST_F(Projects, APatchBecomesTheEventsOfWhatItChanges) {
  project::Change change{};
  change.name = Name("Money");
  change.key = ProjectKey("MON");
  change.description = Description("In and out");
  change.color = Color("#112233");
  change.settings = events::Json{"{}"};
  change.status = project::Status::on_hold;
  change.owner_id = ada;
  auto spec = project(payments);
  spec.as(max).when(change).then(
      happened::KeyChanged{"MON"}, happened::Described{"Money", "In and out", "#112233", std::nullopt},
      happened::SettingsChanged{events::Json{"{}"}}, happened::StatusChanged{project::Status::on_hold},
      happened::OwnerChanged{ada});
  spec.when(change).then_nothing();
  project::Change clear{};
  clear.description = Patch<Description>::cleared();
  clear.owner_id = Patch<events::UserId>::cleared();
  spec.when(clear).then(happened::Described{"Money", std::nullopt, "#112233", std::nullopt},
                        happened::OwnerChanged{std::nullopt});
}

TEST_F(Projects, WhatAProjectNeedsCannotBeClearedAndItsOwnerMustBeAMember) {
  project::Change change{};
  change.key = Patch<ProjectKey>::cleared();
  change.status = Patch<project::Status>::cleared();
  project(payments).as(max).when(change).then_rejected("required", "/key");
  change = {};
  change.owner_id = nora;
  project(payments).as(max).when(change).then_rejected("unknown-reference", "/owner_id");
  change = {};
  change.settings = events::Json{"\"x\""};
  project(payments).as(max).when(change).then_rejected("wrong-type", "/settings");
}

TEST_F(Projects, AnOldKeyStillLeadsHereAndMayBeTakenUpAgain) {
  project::Change change{};
  change.key = ProjectKey("MON");
  project(payments).as(max).when(change);
  EXPECT_EQ(find_project("PAY", acme, world.facts), payments);
  project(fresh).as(max).when(named("Website"));
  change.key = ProjectKey("PAY");
  project(fresh).as(max).when(change).then_rejected("already-exists", "/key");
  project(payments).as(max).when(change).then(happened::KeyChanged{"PAY"});
}

TEST_F(Projects, OnlyOwnerCreatorAndAdminsChangeAProject) {
  workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106),
                                                             id_of<events::UserId>(6), MemberRole::member});
  const auto eve = id_of<events::UserId>(6);
  project(payments).as(eve).when(project::Change{}).then_rejected("forbidden");
  project(payments).as(eve).when(project::Delete{}).then_rejected("forbidden");
  project(payments).as(eve).when(project::Archive{}).then_rejected("forbidden");
  project(payments).as(vic).when(project::Change{}).then_rejected("forbidden");
  project(payments).as(ada).when(project::Change{}).then_nothing();
  project(payments).as(max).given(happened::OwnerChanged{eve});
  project(payments).as(eve).when(project::Archive{}).then(happened::Archived{});
  project(payments).as(max).when(project::Unarchive{}).then(happened::Unarchived{});
}

TEST_F(Projects, ArchivingTwiceChangesNothing) {
  auto spec = project(payments);
  spec.as(max).when(project::Unarchive{}).then_nothing();
  spec.when(project::Archive{}).then(happened::Archived{}).when(project::Archive{}).then_nothing();
  spec.when(project::Unarchive{}).then(happened::Unarchived{});
}

TEST_F(Projects, ADeletedProjectRefusesAllButRestoration) {
  auto spec = project(payments);
  spec.as(max).when(project::Delete{}).then(happened::Deleted{});
  spec.when(project::Delete{}).then_rejected("not-found");
  spec.when(project::Change{}).then_rejected("not-found");
  spec.when(project::Archive{}).then_rejected("not-found");
  spec.when(project::Unarchive{}).then_rejected("not-found");
  spec.when(project::Restore{}).then(happened::Restored{}).when(project::Restore{}).then_nothing();
}

TEST_F(Projects, AProjectOfAnotherWorkspaceOrOfNoneIsNotFound) {
  project(foreign_project).as(olga).when(project::Change{}).then_rejected("not-found");
  project(foreign_project).as(olga).when(project::Restore{}).then_rejected("not-found");
  project(id_of<events::ProjectId>(99)).as(olga).when(project::Delete{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain
