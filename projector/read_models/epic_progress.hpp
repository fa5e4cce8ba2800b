#pragma once
// How many issues belong to an epic and how many of them are done, apart for each project they lie in: what lies in a project
// that is deleted, or that a reader may not see, is left out at reading, and nothing is written for it.
#include "projector/read_models/issue.hpp"

namespace daybook::projector {

// Its id is made of epic and project.
struct EpicProgressRow {
  events::EntityId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId epic_id{};
  std::optional<events::ProjectId> project_id;
  std::int64_t issues_total = 0;
  std::int64_t issues_done = 0;
  bool operator==(const EpicProgressRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(EpicProgressRow, (), (id, workspace_id, epic_id, project_id, issues_total, issues_done))

template <> const Table& table_of<EpicProgressRow>();
ReadModel epic_progress();

// Takes away what the issue contributed before the event, adds what it contributes after it.
void move_epic_progress(const IssueRow& before, const IssueRow& after, StateStore& store);

}  // namespace daybook::projector
