#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::project_test {
namespace {

namespace happened = events::project;
using events::Patch;
using Projects = Office;

project::Create named(const std::string& name) {
  project::Create command{};
  command.name = Name(name);
  return command;
}

happened::Described described(std::string name, std::optional<std::string> description, std::optional<std::string> color) {
  happened::Described event{};
  event.name = std::move(name);
  event.description = std::move(description);
  event.color = std::move(color);
  return event;
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
  change.status = project::StatusWord::on_hold;
  change.owner_id = ada;
  auto spec = project(payments);
  spec.as(max).when(change).then(
      happened::KeyChanged{"MON"}, described("Money", "In and out", "#112233"),
      happened::SettingsChanged{events::Json{"{}"}}, happened::StatusChanged{project::Status::on_hold},
      happened::OwnerChanged{ada});
  spec.when(change).then_nothing();
  project::Change clear{};
  clear.description = Patch<Description>::cleared();
  clear.owner_id = Patch<events::UserId>::cleared();
  spec.when(clear).then(described("Money", std::nullopt, "#112233"),
                        happened::OwnerChanged{std::nullopt});
}

TEST_F(Projects, WhatAProjectNeedsCannotBeClearedAndItsOwnerMustBeAMember) {
  project::Change change{};
  change.key = Patch<ProjectKey>::cleared();
  change.status = Patch<project::StatusWord>::cleared();
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

TEST_F(Projects, WhatAProjectIsToldAtItsBirthIsOneEvent) {
  auto command = named("Website");
  command.main_prompt = Prompt("Build it.");
  command.cover_image = Place("covers/7.png");
  command.git_repository = Place("git@example.org:web.git");
  command.project_type = Name("service");
  command.ai_provider = Name("anthropic");
  command.start_date = text::Date{2026, 11, 1};
  command.end_date = text::Date{2026, 11, 1};
  command.estimated_hours = 0.1 + 0.2;
  command.visibility = project::Visibility::private_;
  command.status = project::StatusWord::planned;
  auto spec = project(fresh);
  spec.as(max).when(command);
  ASSERT_EQ(spec.events().size(), 1u);
  const auto& state = spec.state();
  EXPECT_EQ(state.main_prompt, "Build it.");
  EXPECT_EQ(state.cover_image, "covers/7.png");
  EXPECT_EQ(state.git_repository, "git@example.org:web.git");
  EXPECT_EQ(state.project_type, "service");
  EXPECT_EQ(state.ai_provider, "anthropic");
  EXPECT_EQ(state.start_date, (text::Date{2026, 11, 1}));
  EXPECT_EQ(state.end_date, (text::Date{2026, 11, 1}));
  EXPECT_EQ(state.estimated_hours, 0.1 + 0.2) << "to the last bit";
  EXPECT_EQ(state.visibility, project::Visibility::private_);
  EXPECT_EQ(state.status, project::Status::planning) << "planned is planning";
  EXPECT_TRUE(state.is_active);
}

TEST_F(Projects, ThePromptRepositoryAndTypeAreDescribedWithTheName) {
  project::Change change{};
  change.main_prompt = Prompt("Pay on time.");
  change.git_repository = Place("https://example.org/pay.git");
  change.ai_provider = Name("local");
  auto with_prompt = described("Payments", std::nullopt, std::nullopt);
  with_prompt.main_prompt = "Pay on time.";
  with_prompt.git_repository = "https://example.org/pay.git";
  with_prompt.ai_provider = "local";
  auto spec = project(payments);
  spec.as(max).when(change).then(with_prompt);
  spec.when(change).then_nothing();
  change = {};
  change.main_prompt = Patch<Prompt>::cleared();
  with_prompt.main_prompt.reset();
  spec.when(change).then(with_prompt);
}

TEST_F(Projects, ItsScheduleIsOneEventAndKeepsEveryDigitOfTheHours) {
  project::Change change{};
  change.start_date = text::Date{2026, 1, 1};
  change.estimated_hours = 1.0 / 3;
  auto spec = project(payments);
  spec.as(max).when(change).then(happened::Scheduled{text::Date{2026, 1, 1}, {}, 1.0 / 3});
  spec.when(change).then_nothing();
  EXPECT_EQ(events::to_json(happened::Scheduled{{}, {}, 0.1 + 0.2}), R"({"estimated_hours":0.30000000000000004})");
}

TEST_F(Projects, AProjectDoesNotEndBeforeItStartsWhicheverOfTheTwoIsChanged) {
  project::Change change{};
  change.end_date = text::Date{2026, 5, 31};
  project(payments).as(max).when(change);
  change = {};
  change.start_date = text::Date{2026, 6, 1};
  project(payments).as(max).when(change).then_rejected("out-of-range", "/end_date");
  change.end_date = text::Date{2026, 6, 1};
  project(payments).as(max).when(change).then(happened::Scheduled{text::Date{2026, 6, 1}, text::Date{2026, 6, 1}, {}});
  auto command = named("Backwards");
  command.start_date = text::Date{2026, 6, 2};
  command.end_date = text::Date{2026, 6, 1};
  project(fresh).as(max).when(command).then_rejected("out-of-range", "/end_date");
}

TEST_F(Projects, EstimatedHoursAreNeitherNegativeNorBeyondReason) {
  for (const double hours : {-0.5, project::estimated_hours_max + 1}) {
    project::Change change{};
    change.estimated_hours = hours;
    project(payments).as(max).when(change).then_rejected("out-of-range", "/estimated_hours");
  }
}

TEST_F(Projects, TheStatusArchivedArchivesBesideTheStatus) {
  project::Change change{};
  change.status = project::StatusWord::archived;
  auto spec = project(payments);
  spec.as(max).when(change).then(happened::Archived{});
  EXPECT_TRUE(spec.state().archived_at);
  EXPECT_TRUE(spec.state().is_archived);
  EXPECT_FALSE(spec.state().is_active);
  EXPECT_EQ(spec.state().status, project::Status::active);
  spec.when(change).then_nothing();
  spec.when(project::Unarchive{}).then(happened::Unarchived{});
  EXPECT_FALSE(spec.state().is_archived);
  EXPECT_TRUE(spec.state().is_active);
  EXPECT_FALSE(spec.state().archived_at);

  auto command = named("Old");
  command.status = project::StatusWord::archived;
  auto old = project(fresh);
  old.as(max).when(command);
  EXPECT_EQ(old.events().size(), 1u);
  EXPECT_TRUE(old.state().is_archived);
  EXPECT_TRUE(old.state().archived_at);
}

TEST_F(Projects, AStarIsEachPersonsOwn) {
  auto spec = project(payments);
  spec.as(vic).when(project::Star{});
  ASSERT_EQ(spec.events().size(), 1u) << "a viewer may";
  EXPECT_NE(find_star(spec.state(), vic), nullptr);
  spec.when(project::Star{}).then_nothing();
  EXPECT_EQ(find_star(spec.state(), max), nullptr);
  spec.as(max).when(project::Unstar{}).then_nothing();
  spec.as(vic).when(project::Unstar{}).then(happened::Unstarred{events::ProjectStarId{context().fresh_id}, vic});
}

TEST_F(Projects, AMemberOfAProjectIsOneOfTheWorkspaceAndOnlyOnce) {
  project::AddMember command{};
  command.user_id = nora;
  project(payments).as(max).when(command).then_rejected("unknown-reference", "/user_id");
  command.user_id = vic;
  const events::ProjectMemberId id{context().fresh_id};
  project(payments).as(max).when(command).then(happened::MemberAdded{id, vic, project::MemberRole::member});
  project(payments).as(max).when(command).then_rejected("already-exists", "/user_id");
  project(payments).as(max).when(project::RemoveMember{vic}).then(happened::MemberRemoved{id, vic});
  project(payments).as(max).when(project::RemoveMember{vic}).then_rejected("not-found");
  project(payments).as(max).when(command).then(happened::MemberAdded{id, vic, project::MemberRole::member});
}

TEST_F(Projects, MembersAreAddedByWhoeverMayChangeItAndLeaveByThemselves) {
  const auto eve = id_of<events::UserId>(6);
  workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), eve, MemberRole::member});
  project::AddMember command{};
  command.user_id = vic;
  project(payments).as(eve).when(command).then_rejected("forbidden");
  command.user_id = eve;
  project(payments).as(max).when(command);
  project(payments).as(eve).when(project::Change{}).then_rejected("forbidden");
  project(payments).as(vic).when(project::RemoveMember{eve}).then_rejected("forbidden");
  project(payments).as(eve).when(project::RemoveMember{eve}).then(happened::MemberRemoved{events::ProjectMemberId{context().fresh_id}, eve});
  command.role = project::MemberRole::admin;
  project(payments).as(max).when(command);
  project(payments).as(eve).when(project::Archive{}).then(happened::Archived{});
}

TEST_F(Projects, ADeletedProjectRefusesAllButRestoration) {
  auto spec = project(payments);
  spec.as(max).when(project::Delete{}).then(happened::Deleted{});
  spec.when(project::Delete{}).then_rejected("not-found");
  spec.when(project::Change{}).then_rejected("not-found");
  spec.when(project::Archive{}).then_rejected("not-found");
  spec.when(project::Unarchive{}).then_rejected("not-found");
  spec.when(project::Star{}).then_rejected("not-found");
  spec.when(project::AddMember{{}, vic, {}}).then_rejected("not-found");
  spec.when(project::RemoveMember{vic}).then_rejected("not-found");
  spec.when(project::Restore{}).then(happened::Restored{}).when(project::Restore{}).then_nothing();
}

TEST_F(Projects, AProjectOfAnotherWorkspaceOrOfNoneIsNotFound) {
  project(foreign_project).as(olga).when(project::Change{}).then_rejected("not-found");
  project(foreign_project).as(olga).when(project::Restore{}).then_rejected("not-found");
  project(id_of<events::ProjectId>(99)).as(olga).when(project::Delete{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::project_test
