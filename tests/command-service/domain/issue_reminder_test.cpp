// When it is noted that a due date is near.
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_reminder_test {
namespace {

namespace happened = events::issue;
using std::chrono::hours;

constexpr std::chrono::seconds a_day = hours(24);

class Reminders : public Office {
 protected:
  text::Instant now() const { return context().now; }
  // The clock's command at a time.
  testing::DeciderSpec<Issue>& at(text::Instant when, testing::DeciderSpec<Issue>& spec) {
    spec.context().now = when;
    spec.context().workspace = &world.state<Workspace>(events::stream_of(acme));
    return spec.when(issue::Remind{a_day});
  }
  auto due(text::Instant when) {
    auto spec = issue(first);
    spec.as(max).given(happened::DueChanged{when});
    return spec;
  }
};

TEST_F(Reminders, ADueDateIsNotedADayBeforeAndOnce) {
  const auto due_at = now() + hours(48);
  auto spec = due(due_at);
  at(due_at - a_day - std::chrono::seconds(1), spec).then_nothing();
  at(due_at - a_day, spec).then(happened::DueApproached{due_at});
  at(due_at - hours(1), spec).then_nothing();
  EXPECT_EQ(spec.state().reminded_due_at, due_at);
}

TEST_F(Reminders, AMovedDueDateIsNotedAgain) {
  auto spec = due(now());
  at(now(), spec).then(happened::DueApproached{now()});
  spec.given(happened::DueChanged{now() + hours(72)});
  at(now() + hours(1), spec).then_nothing();
  at(now() + hours(50), spec).then(happened::DueApproached{now() + hours(72)});
  spec.given(happened::DueChanged{});
  at(now() + hours(51), spec).then_nothing();
}

TEST_F(Reminders, OneThatHasPassedIsNotedForAWeekAndThenNeverAgain) {
  auto spec = due(now());
  at(now() + issue::reminder_late_max, spec).then_nothing();
  at(now() + issue::reminder_late_max - std::chrono::seconds(1), spec).then(happened::DueApproached{now()});
}

TEST_F(Reminders, WhatIsFinishedIsNotDue) {
  auto due_at = now();
  for (const auto status : {issue::Status::done, issue::Status::cancelled, issue::Status::archived}) {
    auto spec = due(due_at);
    spec.given(happened::StatusChanged{status});
    at(due_at, spec).then_nothing();
    spec.given(happened::StatusChanged{issue::Status::failed});
    at(due_at, spec).then(happened::DueApproached{due_at});
    due_at += hours(1);
  }
}

TEST_F(Reminders, WhatIsDeletedOrHiddenIsNotDueUntilItIsThereAgain) {
  auto spec = due(now());
  spec.given(happened::Deleted{});
  at(now(), spec).then_nothing();
  spec.given(happened::Restored{}, happened::Moved{payments});
  project(payments).given(events::project::Deleted{});
  at(now(), spec).then_nothing();
  project(payments).given(events::project::Restored{});
  workspace().given(events::workspace::Deleted{});
  at(now(), spec).then_nothing();
  workspace().given(events::workspace::Restored{});
  at(now(), spec).then(happened::DueApproached{now()});
}

TEST_F(Reminders, AnotherDueDateOrIssueIsAnotherCause) {
  const auto cause = issue::due_date_of(first, now());
  EXPECT_EQ(cause, issue::due_date_of(first, now()));
  EXPECT_NE(cause, issue::due_date_of(second, now()));
  EXPECT_NE(cause, issue::due_date_of(first, now() + std::chrono::microseconds(1)));
}

}  // namespace
}  // namespace daybook::domain::issue_reminder_test
