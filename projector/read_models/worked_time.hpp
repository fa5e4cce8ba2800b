#pragma once
// Time that was worked, added up by contributions: an entry counts in its issue, an issue in its project. A change adds the
// difference along the way, an issue that moves takes its sum along, so none of it costs more the longer a history is. What is
// itself removed or deleted counts nowhere; what merely lies in something deleted counts on.
#include "projector/read_models/issue.hpp"
#include "projector/read_models/project.hpp"

namespace daybook::projector {

// The exact sum behind an issue's minutes or a project's hours.
struct WorkedTimeRow {
  events::EntityId id{};  // of the issue or project
  events::WorkspaceId workspace_id{};
  std::int64_t seconds = 0;
  bool operator==(const WorkedTimeRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkedTimeRow, (), (id, workspace_id, seconds))

template <> const Table& table_of<WorkedTimeRow>();
ReadModel worked_time();

// An entry of the issue, or what was brought forward with it, counts that many seconds more than before the event, or less.
void add_worked_time(events::IssueId issue, std::int64_t seconds, const events::Envelope& e, StateStore& store);
// In the project so many were worked beside those of its issues.
void add_worked_time(events::ProjectId project, std::int64_t seconds, const events::Envelope& e, StateStore& store);
// The issue was changed by the event: it may lie in another project now, or be deleted or back.
void move_worked_time(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
