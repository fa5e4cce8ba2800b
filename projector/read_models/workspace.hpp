#pragma once
#include "events/workspace/state.hpp"
#include "projector/read_models/run_figures.hpp"

namespace daybook::projector {

// What it has of what its plan limits, as workspace_usage counts it: executions are those that were requested in that month.
struct WorkspaceUsage {
  std::int64_t agents = 0;
  std::int64_t workflows = 0;
  std::int64_t executions_this_month = 0;
  std::string month;            // 2026-11; empty before the first one
  bool operator==(const WorkspaceUsage&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceUsage, (), (agents, workflows, executions_this_month, month))

// The workspace's own fields, what comes of the runs in it, and what it has.
struct WorkspaceRow : events::workspace::Fields, RunFigures {
  using OwnPart = events::workspace::Fields;
  events::Decimal total_cost;  // in its currency
  WorkspaceUsage usage;
  bool operator==(const WorkspaceRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceRow, (events::workspace::Fields, RunFigures), (total_cost, usage))

template <> const Table& table_of<WorkspaceRow>();
ReadModel workspaces();

}  // namespace daybook::projector
