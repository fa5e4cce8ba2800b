#pragma once
// Sprints, with what is in them added up from their issues, and a row for each day on which that changed.
#include "events/sprint/state.hpp"
#include "projector/read_models/issue.hpp"

namespace daybook::projector {

struct SprintRow : events::sprint::Fields {
  using OwnPart = events::sprint::Fields;
  std::int64_t issue_count = 0;
  std::int64_t points = 0;                 // of all issues in it
  std::int64_t done_points = 0;
  std::optional<std::int64_t> velocity;    // points that were done when it was completed, and what was brought forward
  bool operator==(const SprintRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SprintRow, (events::sprint::Fields), (issue_count, points, done_points, velocity))

// A sprint as it stood at the end of a day, from which a burndown is drawn. A day on which nothing changed has none.
struct SprintDayRow {
  events::EntityId id{};                   // made of sprint and day
  events::WorkspaceId workspace_id{};
  events::SprintId sprint_id{};
  text::Date day{};
  std::int64_t points = 0;
  std::int64_t done_points = 0;
  std::int64_t remaining_points = 0;
  bool operator==(const SprintDayRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SprintDayRow, (), (id, workspace_id, sprint_id, day, points, done_points, remaining_points))

template <> const Table& table_of<SprintRow>();
template <> const Table& table_of<SprintDayRow>();
ReadModel sprints();

// The issue was changed by the event: it may count in another sprint now, or otherwise.
void count_in_sprints(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
