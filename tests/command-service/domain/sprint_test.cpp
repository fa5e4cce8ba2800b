#include "command-service/domain/sprint/sprint.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::sprint_test {
namespace {

namespace happened = events::sprint;
using events::Patch;

const auto one = id_of<events::SprintId>(80), two = id_of<events::SprintId>(81), three = id_of<events::SprintId>(82);

class Sprints : public Office {
 protected:
  auto sprint(events::SprintId id) { return spec<Sprint>(id, acme).as(max); }
  happened::Planned planned(std::optional<std::int64_t> capacity = std::nullopt) const {
    happened::Planned event{};
    event.project_id = payments;
    event.name = "Fortnight";
    event.capacity_points = capacity;
    return event;
  }
  // An issue of the project, in the sprint, of that many points.
  void work(events::IssueId id, std::optional<events::SprintId> in, std::int64_t points) {
    issue(id).as(max).given(events::issue::Moved{payments}, events::issue::Estimated{points, {}, {}, {}});
    if (in) issue(id).as(max).given(events::issue::SprintChanged{in, std::nullopt});
  }
  static issue::Change into(Patch<events::SprintId> sprint) {
    issue::Change command{};
    command.sprint_id = std::move(sprint);
    return command;
  }
  static issue::Change to(issue::Status status) {
    issue::Change command{};
    command.status = status;
    return command;
  }
  sprint::Load load(events::SprintId id) const { return sprint::load_of(id, world.facts); }
  void expect_load(events::SprintId id, std::int64_t points, std::int64_t unfinished) const {
    EXPECT_EQ(load(id).points, points);
    EXPECT_EQ(load(id).unfinished, unfinished);
  }
};

// ---- its life ----------------------------------------------------------------------------------------------------

TEST_F(Sprints, ASprintIsPlannedStartedAndCompleted) {
  sprint::Plan plan{};
  plan.project_id = ProjectRef("PAY");
  plan.name = Name("Fortnight");
  sprint(one).when(plan).then(planned());
  sprint(one).when(sprint::Start{}).then(happened::Started{});
  sprint(one).when(sprint::Start{}).then_nothing();
  sprint(one).when(sprint::Complete{}).then(happened::Completed{});
  sprint(one).when(sprint::Complete{}).then_nothing();
  EXPECT_TRUE(sprint(one).state().started_at);
  EXPECT_TRUE(sprint(one).state().ended_at);
}

TEST_F(Sprints, WhatHasEndedStaysEnded) {
  sprint(one).given(planned(), happened::Started{}, happened::Completed{});
  sprint(one).when(sprint::Start{}).then_rejected("sprint-completed");
  sprint(one).when(sprint::Cancel{}).then_rejected("sprint-completed");
  sprint(two).given(planned()).when(sprint::Cancel{}).then(happened::Cancelled{});
  sprint(two).when(sprint::Cancel{}).then_nothing();
  sprint(two).when(sprint::Start{}).then_rejected("sprint-cancelled");
  sprint(two).when(sprint::Complete{}).then_rejected("sprint-cancelled");
}

TEST_F(Sprints, OnlyAnActiveOneIsCompleted) { sprint(one).given(planned()).when(sprint::Complete{}).then_rejected("sprint-planning"); }

TEST_F(Sprints, OneIsActiveInAProject) {
  sprint(one).given(planned(), happened::Started{});
  sprint(two).given(planned()).when(sprint::Start{}).then_rejected("already-exists");
  sprint(one).when(sprint::Complete{});
  sprint(two).when(sprint::Start{}).then(happened::Started{});
  sprint(three).given(planned()).when(sprint::Start{}).then_rejected("already-exists");
  sprint(two).when(sprint::Cancel{});
  sprint(three).when(sprint::Start{}).then(happened::Started{});
}

TEST_F(Sprints, ADeletedActiveOneMakesRoomAndComesBackOnlyWhereThereIsSome) {
  sprint(one).given(planned(), happened::Started{}).when(sprint::Delete{}).then(happened::Deleted{});
  sprint(one).when(sprint::Change{}).then_rejected("not-found");
  sprint(two).given(planned()).when(sprint::Start{}).then(happened::Started{});
  sprint(one).when(sprint::Restore{}).then_rejected("already-exists");
  sprint(two).when(sprint::Cancel{});
  sprint(one).when(sprint::Restore{}).then(happened::Restored{});
  sprint(one).when(sprint::Restore{}).then_nothing();
}

TEST_F(Sprints, ASprintOfADeletedProjectIsGone) {
  sprint(one).given(planned());
  project(payments).given(events::project::Deleted{});
  sprint(one).when(sprint::Start{}).then_rejected("not-found");
  sprint::Plan plan{};
  plan.project_id = payments;
  plan.name = Name("Later");
  sprint(two).when(plan).then_rejected("not-found");
}

TEST_F(Sprints, ItEndsNotBeforeItStarts) {
  sprint(one).given(planned());
  sprint::Change change{};
  change.start_date = Patch<text::Date>(*text::Date::parse("2026-03-02"));
  change.end_date = Patch<text::Date>(*text::Date::parse("2026-03-01"));
  sprint(one).when(change).then_rejected("before-start", "/end_date");
  change.end_date = Patch<text::Date>(*text::Date::parse("2026-03-02"));
  sprint(one).when(change);
  EXPECT_EQ(sprint(one).state().end_date, text::Date::parse("2026-03-02"));
  sprint(one).when(change).then_nothing();
}

// ---- what is in it -----------------------------------------------------------------------------------------------

TEST_F(Sprints, AnIssueIsInASprintOfItsProjectOnly) {
  sprint(one).given(planned());
  issue(first).as(max).when(into(one)).then_rejected("unknown-reference", "/sprint_id");
  work(first, std::nullopt, 3);
  issue(first).as(max).when(into(one)).then(events::issue::SprintChanged{one, std::nullopt});
  issue(first).as(max).when(into(one)).then_nothing();
  issue(first).as(max).when(into(two)).then_rejected("unknown-reference", "/sprint_id");
  issue(first).as(max).when(issue::Move{}).then(events::issue::Moved{});
  EXPECT_FALSE(issue(first).state().sprint_id) << "it stayed behind with the project";
  expect_load(one, 0, 0);
}

TEST_F(Sprints, NothingIsPutIntoASprintThatHasEnded) {
  sprint(one).given(planned(), happened::Started{}, happened::Completed{});
  work(first, std::nullopt, 3);
  issue(first).as(max).when(into(one)).then_rejected("sprint-completed", "/sprint_id");
}

TEST_F(Sprints, PointsAreCountedWhateverHappensToTheIssue) {
  sprint(one).given(planned());
  work(first, one, 3);
  work(second, one, 5);
  expect_load(one, 8, 8);
  issue(first).as(max).when(to(issue::Status::done));
  expect_load(one, 8, 5);
  issue(second).as(max).when(issue::Delete{});
  expect_load(one, 3, 0);
  issue(second).as(max).when(issue::Restore{});
  expect_load(one, 8, 5);
  issue(second).as(max).when(into(Patch<events::SprintId>::cleared()));
  expect_load(one, 3, 0);
}

TEST_F(Sprints, NothingGoesInBeyondItsCapacity) {
  sprint(one).given(planned(8));
  work(first, std::nullopt, 5);
  work(second, std::nullopt, 4);
  issue(first).as(max).when(into(one)).then(events::issue::SprintChanged{one, std::nullopt});
  issue(second).as(max).when(into(one)).then_rejected("beyond-capacity", "/sprint_id");
  issue::Change larger{};
  larger.story_points = Patch<std::int64_t>(9);
  issue(first).as(max).when(larger).then_rejected("beyond-capacity", "/story_points");
  sprint::Change smaller{};
  smaller.capacity_points = Patch<std::int64_t>(4);
  sprint(one).when(smaller).then_rejected("beyond-capacity", "/capacity_points");
  issue(first).as(max).when(issue::Delete{});
  issue(second).as(max).when(into(one)).then(events::issue::SprintChanged{one, std::nullopt});
  issue(first).as(max).when(issue::Restore{}).then_rejected("beyond-capacity", "/sprint_id");
}

// ---- carrying over -----------------------------------------------------------------------------------------------

TEST_F(Sprints, WhatIsUnfinishedIsCarriedByOneEventAndSaidByTheNextOfTheIssue) {
  sprint(one).given(planned(), happened::Started{});
  sprint(two).given(planned());
  work(first, one, 3);
  work(second, one, 5);
  issue(first).as(max).when(to(issue::Status::done));
  sprint(one).when(sprint::Complete{two}).then(happened::Completed{two, 5});
  expect_load(one, 3, 0);
  expect_load(two, 5, 5);

  issue(second).as(max).when(into(two)).then_nothing();
  issue(second).as(max).when(to(issue::Status::todo)).then(events::issue::SprintChanged{two, true}, events::issue::StatusChanged{issue::Status::todo});
  expect_load(two, 5, 5);
  issue(second).as(max).when(to(issue::Status::done)).then(events::issue::StatusChanged{issue::Status::done});
  expect_load(two, 5, 0);
}

TEST_F(Sprints, AnIssueIsCarriedThroughSeveralSprints) {
  sprint(one).given(planned(), happened::Started{});
  sprint(two).given(planned());
  sprint(three).given(planned());
  work(first, one, 3);
  sprint(one).when(sprint::Complete{two});
  sprint(two).when(sprint::Start{});
  sprint(two).when(sprint::Complete{three}).then(happened::Completed{three, 3});
  expect_load(two, 0, 0);
  expect_load(three, 3, 3);
  issue(first).as(max).when(issue::Delete{}).then(events::issue::SprintChanged{three, true}, events::issue::Deleted{});
  expect_load(three, 0, 0);
}

TEST_F(Sprints, WithoutAnotherSprintTheUnfinishedGoToTheBacklog) {
  sprint(one).given(planned(), happened::Started{});
  work(first, one, 3);
  sprint(one).when(sprint::Complete{}).then(happened::Completed{std::nullopt, 3});
  issue(first).as(max).when(to(issue::Status::todo)).then(events::issue::SprintChanged{std::nullopt, true}, events::issue::StatusChanged{issue::Status::todo});
  expect_load(one, 0, 0);
}

TEST_F(Sprints, ACancelledSprintsUnfinishedGoToTheBacklog) {
  sprint(one).given(planned(), happened::Started{});
  work(first, one, 3);
  sprint(one).when(sprint::Cancel{});
  issue(first).as(max).when(to(issue::Status::todo)).then(events::issue::SprintChanged{std::nullopt, true}, events::issue::StatusChanged{issue::Status::todo});
}

TEST_F(Sprints, WorkTakenUpAgainAfterItsSprintIsInTheBacklog) {
  sprint(one).given(planned(), happened::Started{});
  sprint(two).given(planned());
  work(first, one, 3);
  issue(first).as(max).when(to(issue::Status::done));
  sprint(one).when(sprint::Complete{two});
  issue(first).as(max).when(to(issue::Status::in_progress)).then(events::issue::StatusChanged{issue::Status::in_progress},
                                                                 events::issue::SprintChanged{std::nullopt, std::nullopt});
  expect_load(one, 0, 0);
  expect_load(two, 0, 0);
}

TEST_F(Sprints, WhatIsCarriedMustFitAndTheOtherSprintBeThere) {
  sprint(one).given(planned(), happened::Started{});
  sprint(two).given(planned(4));
  work(first, one, 5);
  sprint(one).when(sprint::Complete{two}).then_rejected("beyond-capacity", "/carry_to_id");
  sprint(one).when(sprint::Complete{one}).then_rejected("unknown-reference", "/carry_to_id");
  sprint(one).when(sprint::Complete{three}).then_rejected("unknown-reference", "/carry_to_id");
  sprint(two).when(sprint::Cancel{});
  sprint(one).when(sprint::Complete{two}).then_rejected("sprint-cancelled", "/carry_to_id");
}

TEST_F(Sprints, ViewersPlanNothing) {
  sprint(one).given(planned());
  spec<Sprint>(one, acme).as(vic).when(sprint::Start{}).then_rejected("forbidden");
  spec<Sprint>(one, acme).as(nora).when(sprint::Start{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::sprint_test
