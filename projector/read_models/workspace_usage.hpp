#pragma once
// How much a workspace has of what its plan limits: agents and workflows that are there, executions requested in the month of the
// last one. A count for each event that makes, ends or brings back such a thing, whoever folds that event's stream.
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct WorkspaceUsageRow {
  events::WorkspaceId id{};
  std::int64_t agents = 0;
  std::int64_t workflows = 0;
  std::int64_t executions = 0;
  std::string month;            // of the executions, 2026-11
  bool operator==(const WorkspaceUsageRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceUsageRow, (), (id, agents, workflows, executions, month))

template <> const Table& table_of<WorkspaceUsageRow>();
ReadModel workspace_usage();

void note_workspace_usage(const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
