#pragma once
#include "events/workspace/state.hpp"
#include "projector/read_models/run_figures.hpp"

namespace daybook::projector {

// The workspace's own fields, and what comes of the runs in it.
struct WorkspaceRow : events::workspace::Fields, RunFigures {
  using OwnPart = events::workspace::Fields;
  events::Decimal total_cost;  // in its currency
  bool operator==(const WorkspaceRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceRow, (events::workspace::Fields, RunFigures), (total_cost))

template <> const Table& table_of<WorkspaceRow>();
ReadModel workspaces();

}  // namespace daybook::projector
