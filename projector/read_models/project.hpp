#pragma once
#include "events/project/state.hpp"
#include "projector/read_models/run_figures.hpp"

namespace daybook::projector {

// The project's own fields, and what comes of other streams.
struct ProjectRow : events::project::Fields, RunFigures {
  using OwnPart = events::project::Fields;
  events::Decimal actual_hours;
  events::Decimal total_cost;  // of runs, in the workspace's currency
  bool operator==(const ProjectRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (events::project::Fields, RunFigures), (actual_hours, total_cost))

template <> const Table& table_of<ProjectRow>();
ReadModel projects();

}  // namespace daybook::projector
