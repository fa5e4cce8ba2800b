#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::workspace_test {
namespace {

namespace happened = events::workspace;
using events::Patch;
using Workspaces = Office;

workspace::Create named(const std::string& name) {
  workspace::Create command{};
  command.name = Name(name);
  return command;
}

TEST_F(Workspaces, ACreatorBecomesTheOwnerAndTheSlugComesFromTheName) {
  const auto id = id_of<events::WorkspaceId>(12);
  happened::Created expected{};
  expected.name = "My  Team!!";
  expected.slug = "my-team";
  expected.owner_id = max;
  spec<Workspace>(id, id)
      .as(max)
      .when(named("My  Team!!"))
      .then(expected, happened::MemberJoined{events::MemberId{context().fresh_id}, max, MemberRole::owner});
}

TEST_F(Workspaces, ATakenSlugGetsASuffixWhetherGivenOrMade) {
  const auto id = id_of<events::WorkspaceId>(12);
  auto made = spec<Workspace>(id, id).as(max);
  made.when(named("ACME"));
  EXPECT_EQ(made.state().slug, "acme-1");
  const auto next = id_of<events::WorkspaceId>(13);
  auto command = named("Another");
  command.slug = Slug("acme");
  auto given = spec<Workspace>(next, next).as(max);
  given.when(command);
  EXPECT_EQ(given.state().slug, "acme-2");
}

TEST_F(Workspaces, TheLongestNameStillGivesAFreeSlug) {
  const auto id = id_of<events::WorkspaceId>(12);
  auto made = spec<Workspace>(id, id).as(max);
  made.when(named(std::string(255, 'a')));
  EXPECT_FALSE(Slug::rule(made.state().slug));
  EXPECT_FALSE(Slug::rule(made.state().slug + "-8"));
}

TEST_F(Workspaces, CreatingNeedsAPersonAFreeIdAndAnObjectForSettings) {
  const auto id = id_of<events::WorkspaceId>(12);
  spec<Workspace>(id, id).when(named("X")).then_rejected("forbidden");
  workspace().as(max).when(named("X")).then_rejected("already-exists", "/id");
  auto command = named("X");
  command.settings = events::Json{"3"};
  spec<Workspace>(id, id).as(max).when(command).then_rejected("wrong-type", "/settings");
}

TEST_F(Workspaces, APatchBecomesTheEventsOfWhatItChanges) {
  workspace::Change change{};
  change.name = Name("Acme Ltd");
  change.slug = Slug("acme-ltd");
  change.description = Description("Makes everything");
  change.settings = events::Json{R"({"a":1})"};
  change.issue_prefix = IssuePrefix("AL");
  auto spec = workspace();
  spec.as(ada).when(change).then(happened::Renamed{"Acme Ltd"}, happened::SlugChanged{"acme-ltd"},
                                 happened::Described{"Makes everything"},
                                 happened::SettingsChanged{events::Json{R"({"a":1})"}},
                                 happened::IssuePrefixChanged{"AL"});
  spec.when(change).then_nothing();
  workspace::Change clear{};
  clear.description = Patch<Description>::cleared();
  clear.settings = Patch<events::Json>::cleared();
  spec.when(clear).then(happened::Described{std::nullopt}, happened::SettingsChanged{std::nullopt});
}

TEST_F(Workspaces, WhatAWorkspaceNeedsCannotBeCleared) {
  workspace::Change change{};
  change.name = Patch<Name>::cleared();
  change.slug = Patch<Slug>::cleared();
  change.issue_prefix = Patch<IssuePrefix>::cleared();
  auto spec = workspace();
  spec.as(ada).when(change).then_rejected("required", "/name");
  ASSERT_EQ(spec.rejection()->errors.size(), 3u);
  EXPECT_EQ(spec.rejection()->errors[1].pointer, "/slug");
  EXPECT_EQ(spec.rejection()->errors[2].pointer, "/issue_prefix");
}

TEST_F(Workspaces, AnOldSlugStillLeadsHereAndMayBeTakenUpAgain) {
  workspace::Change change{};
  change.slug = Slug("new");
  auto spec = workspace();
  spec.as(ada).when(change);
  EXPECT_EQ(find_workspace("acme", world.facts), acme);
  workspace::Change steal{};
  steal.slug = Slug("acme");
  this->spec<Workspace>(other, other).as(nora).when(steal).then_rejected("already-exists", "/slug");
  spec.when(steal).then(happened::SlugChanged{"acme"});
  EXPECT_EQ(find_workspace("new", world.facts), acme);
}

TEST_F(Workspaces, MembersAndViewersCannotChangeAWorkspaceAndStrangersDoNotSeeIt) {
  workspace().as(max).when(workspace::Change{}).then_rejected("forbidden");
  workspace().as(vic).when(workspace::Change{}).then_rejected("forbidden");
  workspace().as(nora).when(workspace::Change{}).then_rejected("not-found");
}

TEST_F(Workspaces, OnlyAnOwnerDeletesAndRestores) {
  auto spec = workspace();
  spec.as(ada).when(workspace::Delete{}).then_rejected("forbidden");
  spec.as(olga).when(workspace::Restore{}).then_nothing();
  spec.when(workspace::Delete{}).then(happened::Deleted{});
  spec.when(workspace::Delete{}).then_rejected("not-found");
  spec.when(workspace::Change{}).then_rejected("not-found");
  spec.as(ada).when(workspace::Restore{}).then_rejected("forbidden");
  spec.as(olga)
      .when(workspace::Restore{})
      .then(happened::Restored{})
      .when(workspace::Restore{})
      .then_nothing();
}

TEST_F(Workspaces, APersonalWorkspaceIsNeitherDeletedNorHandedOverAndMakesNoSoleOwner) {
  const auto id = id_of<events::WorkspaceId>(12);
  auto command = named("Personal");
  command.slug = Slug("p-abcdefgh");
  command.is_personal = true;
  auto home = spec<Workspace>(id, id).as(max);
  home.when(command);
  EXPECT_TRUE(home.state().is_personal);
  home.when(workspace::Delete{}).then_rejected("personal-workspace");
  home.when(workspace::TransferOwnership{max}).then_rejected("personal-workspace");
  EXPECT_EQ(world.facts.counter(scope::sole_owner, events::stream_of(max)), 0);
}

}  // namespace
}  // namespace daybook::domain::workspace_test
