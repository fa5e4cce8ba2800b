#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_test {
namespace {

namespace happened = events::issue;
using events::Patch;
using events::PrincipalId;
using Issues = Office;

const auto fresh = id_of<events::IssueId>(34);

issue::Open titled(const std::string& title) {
  issue::Open command{};
  command.title = Title(title);
  return command;
}
PrincipalId principal(auto id) { return PrincipalId{id.value}; }

happened::Edited edited(const std::string& title, issue::Type type) {
  happened::Edited edited{};
  edited.title = title;
  edited.issue_type = type;
  return edited;
}

TEST_F(Issues, AnIssueIsABacklogTaskOfMediumPriorityUnlessSaid) {
  happened::Opened expected{};
  expected.number = 4;
  expected.identifier = "ABC-4";
  expected.title = "Pay the bill";
  expected.position = 4 << 20;  // behind the three before it
  issue(fresh).as(max).when(titled("Pay the bill")).then(expected);
  issue(fresh).as(max).when(titled("Again")).then_rejected("already-exists", "/id");
  issue(id_of<events::IssueId>(35)).as(vic).when(titled("No")).then_rejected("forbidden");
}

TEST_F(Issues, EveryFieldCanBeGivenAtBirth) {
  auto command = titled("All");
  command.type = issue::Type::bug;
  command.description = Description("Long");
  command.status = issue::Status::done;
  command.priority = issue::Priority::urgent;
  command.project_id = payments;
  command.parent_id = first;
  command.assignee_id = principal(max);
  command.acceptance_criteria = Description("Works");
  command.estimated_minutes = 90;
  command.story_points = 100;
  command.due_at = context().now;
  command.custom_fields = events::Json{R"({"a":null})"};
  command.position = -5;
  happened::Opened expected{4,
                            "ABC-4",
                            "All",
                            issue::Type::bug,
                            "Long",
                            issue::Status::done,
                            issue::Priority::urgent,
                            payments,
                            first,
                            issue::AssigneeType::user,
                            principal(max),
                            "Works",
                            90,
                            100,
                            context().now,
                            events::Json{R"({"a":null})"},
                            -5};
  issue(fresh).as(max).when(command).then(expected);
  EXPECT_EQ(world.facts.reference(events::stream_of(fresh))->container, events::stream_of(payments));
  EXPECT_TRUE(world.facts.reaches(scope::parent, fresh.value, first.value));
}

TEST_F(Issues, NumbersGoOnAfterADeletionAndFollowANewPrefix) {
  issue(third).as(max).when(issue::Delete{});
  workspace().as(olga).given(events::workspace::IssuePrefixChanged{"NEW"});
  auto spec = issue(fresh);
  spec.as(max).when(titled("X"));
  EXPECT_EQ(spec.state().identifier, "NEW-4");
  EXPECT_EQ(find_issue("ABC-3", acme, world.facts), third);
}

TEST_F(Issues, ReferencesMayBeShortAddresses) {
  auto command = titled("X");
  command.project_id = ProjectRef(std::string("PAY"));
  command.parent_id = IssueRef(std::string("ABC-2"));
  auto spec = issue(fresh);
  spec.as(max).when(command);
  EXPECT_EQ(spec.state().project_id, payments);
  EXPECT_EQ(spec.state().parent_id, second);
}

TEST_F(Issues, ReferencesMustBeUsableHere) {
  auto command = titled("X");
  command.project_id = foreign_project;
  command.parent_id = foreign_issue;
  command.assignee_id = principal(nora);
  auto spec = issue(fresh);
  spec.as(max).when(command).then_rejected("unknown-reference", "/project_id");
  ASSERT_EQ(spec.rejection()->errors.size(), 3u);
  EXPECT_EQ(spec.rejection()->errors[1].pointer, "/parent_id");
  EXPECT_EQ(spec.rejection()->errors[2].pointer, "/assignee_id");
  project(payments).given(events::project::Deleted{});
  command = titled("X");
  command.project_id = payments;
  spec.when(command).then_rejected("unknown-reference", "/project_id");
}

TEST_F(Issues, NumbersOutOfRangeAndListsForObjectsAreRefused) {
  auto command = titled("X");
  command.story_points = 101;
  command.estimated_minutes = -1;
  command.custom_fields = events::Json{"[]"};
  auto spec = issue(fresh);
  spec.as(max).when(command).then_rejected("out-of-range", "/story_points");
  EXPECT_EQ(spec.rejection()->errors.size(), 3u);
}

TEST_F(Issues, APatchBecomesTheEventsOfWhatItChanges) {
  issue::Change change{};
  change.title = Title("New");
  change.type = issue::Type::story;
  change.status = issue::Status::in_progress;
  change.priority = issue::Priority::high;
  change.project_id = ProjectRef(payments);
  change.parent_id = IssueRef(second);
  change.assignee_type = issue::AssigneeType::agent;
  change.assignee_id = principal(robot);
  change.story_points = 5;
  change.due_at = context().now;
  change.position = 7;
  auto spec = issue(first);
  spec.as(max).when(change).then(
      edited("New", issue::Type::story),
      happened::StatusChanged{issue::Status::in_progress}, happened::PriorityChanged{issue::Priority::high},
      happened::Moved{payments}, happened::ParentChanged{second},
      happened::Assigned{issue::AssigneeType::agent, principal(robot)}, happened::Estimated{5, {}, {}, {}},
      happened::DueChanged{context().now}, happened::Ranked{7});
  spec.when(change).then_nothing();
}

TEST_F(Issues, NullClearsWhatCanBeCleared) {
  issue::Change set{};
  set.description = Description("D");
  set.project_id = ProjectRef(payments);
  set.parent_id = IssueRef(second);
  set.assignee_id = principal(max);
  set.estimated_minutes = 5;
  set.due_at = context().now;
  auto spec = issue(first);
  spec.as(max).when(set);
  issue::Change clear{};
  clear.description = Patch<Description>::cleared();
  clear.project_id = Patch<ProjectRef>::cleared();
  clear.parent_id = Patch<IssueRef>::cleared();
  clear.assignee_type = Patch<issue::AssigneeType>::cleared();
  clear.assignee_id = Patch<PrincipalId>::cleared();
  clear.estimated_minutes = Patch<std::int64_t>::cleared();
  clear.due_at = Patch<text::Instant>::cleared();
  spec.when(clear).then(
      edited("Issue 1", issue::Type::task),
      happened::Moved{}, happened::ParentChanged{}, happened::Unassigned{}, happened::Estimated{},
      happened::DueChanged{});
  spec.when(clear).then_nothing();
  EXPECT_FALSE(world.facts.reaches(scope::parent, first.value, second.value));
}

TEST_F(Issues, WhatAnIssueNeedsCannotBeCleared) {
  issue::Change change{};
  change.title = Patch<Title>::cleared();
  change.type = Patch<issue::Type>::cleared();
  change.status = Patch<issue::Status>::cleared();
  change.priority = Patch<issue::Priority>::cleared();
  change.position = Patch<std::int64_t>::cleared();
  auto spec = issue(first);
  spec.as(max).when(change).then_rejected("required", "/title");
  EXPECT_EQ(spec.rejection()->errors.size(), 5u);
}

TEST_F(Issues, AnAssigneeIsAMemberOrAUsableAgent) {
  auto spec = issue(first);
  spec.as(max)
      .when(issue::Assign{std::nullopt, principal(vic)})
      .then(happened::Assigned{issue::AssigneeType::user, principal(vic)});
  spec.when(issue::Assign{issue::AssigneeType::user, principal(vic)}).then_nothing();
  spec.when(issue::Assign{std::nullopt, principal(robot)})
      .then(happened::Assigned{issue::AssigneeType::agent, principal(robot)});
  spec.when(issue::Assign{issue::AssigneeType::agent, principal(max)})
      .then_rejected("unknown-reference", "/assignee_id");
  spec.when(issue::Assign{issue::AssigneeType::user, principal(robot)})
      .then_rejected("unknown-reference", "/assignee_id");
  spec.when(issue::Unassign{}).then(happened::Unassigned{}).when(issue::Unassign{}).then_nothing();
  agent(robot).given(events::agent::Retired{});
  spec.when(issue::Assign{std::nullopt, principal(robot)}).then_rejected("unknown-reference", "/assignee_id");
}

TEST_F(Issues, ATypeAloneAssignsNobody) {
  issue::Change change{};
  change.assignee_type = issue::AssigneeType::agent;
  issue(first).as(max).when(change).then_rejected("required", "/assignee_id");
  auto command = titled("X");
  command.assignee_type = issue::AssigneeType::user;
  issue(fresh).as(max).when(command).then_rejected("required", "/assignee_id");
}

TEST_F(Issues, AnIssueMovesBetweenProjectsAndTheWorkspace) {
  auto spec = issue(first);
  spec.as(max)
      .when(issue::Move{payments})
      .then(happened::Moved{payments})
      .when(issue::Move{payments})
      .then_nothing();
  EXPECT_EQ(world.facts.reference(events::stream_of(first))->container, events::stream_of(payments));
  spec.when(issue::Move{foreign_project}).then_rejected("unknown-reference", "/project_id");
  spec.when(issue::Move{}).then(happened::Moved{});
  EXPECT_EQ(world.facts.reference(events::stream_of(first))->container, events::stream_of(acme));
}

TEST_F(Issues, ParentsMakeNoCircle) {
  issue::Change below_second{};
  below_second.parent_id = IssueRef(second);
  issue(first).as(max).when(below_second);
  issue::Change below_first{};
  below_first.parent_id = IssueRef(first);
  issue(second).as(max).when(below_first).then_rejected("cycle", "/parent_id");
  issue(first).as(max).when(below_first).then_rejected("cycle", "/parent_id");
  issue(third).as(max).when(below_first);
  issue::Change below_third{};
  below_third.parent_id = IssueRef(third);
  issue(second).as(max).when(below_third).then_rejected("cycle", "/parent_id");
}

TEST_F(Issues, WhatStandsAlreadyIsNotAskedAgain) {
  issue::Change change{};
  change.parent_id = IssueRef(second);
  change.assignee_id = principal(robot);
  issue(first).as(max).when(change);
  issue(second).as(max).when(issue::Delete{});
  agent(robot).given(events::agent::Retired{});
  issue(first).as(max).when(change).then_nothing();
}

TEST_F(Issues, ADeletedIssueRefusesAllButRestoration) {
  auto spec = issue(first);
  spec.as(max).when(issue::Delete{}).then(happened::Deleted{});
  spec.when(issue::Delete{}).then_rejected("not-found");
  spec.when(issue::Change{}).then_rejected("not-found");
  spec.when(issue::Assign{}).then_rejected("not-found");
  spec.when(issue::Unassign{}).then_rejected("not-found");
  spec.when(issue::Move{}).then_rejected("not-found");
  spec.when(issue::AttachLabel{std::nullopt, urgent}).then_rejected("not-found");
  spec.when(issue::DetachLabel{urgent}).then_rejected("not-found");
  spec.when(issue::AddDependency{std::nullopt, second, std::nullopt}).then_rejected("not-found");
  spec.when(issue::RemoveDependency{}).then_rejected("not-found");
  spec.when(issue::Restore{}).then(happened::Restored{}).when(issue::Restore{}).then_nothing();
}

TEST_F(Issues, AnIssueInADeletedProjectRefusesEverythingUntilTheProjectReturns) {
  auto spec = issue(first);
  spec.as(max).when(issue::Move{payments});
  project(payments).given(events::project::Deleted{});
  spec.when(issue::Change{}).then_rejected("not-found");
  spec.when(issue::Restore{}).then_rejected("not-found");
  project(payments).given(events::project::Restored{});
  spec.when(issue::Change{}).then_nothing();
}

TEST_F(Issues, AnIssueOfAnotherWorkspaceIsNotFound) {
  issue(foreign_issue).as(olga).when(issue::Change{}).then_rejected("not-found");
  issue(foreign_issue).as(olga).when(issue::Restore{}).then_rejected("not-found");
  issue(id_of<events::IssueId>(99)).as(olga).when(issue::Delete{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::issue_test
