#pragma once
#include "events/agent/state.hpp"
#include "projector/read_models/run_figures.hpp"

namespace daybook::projector {

// The agent's own fields, and what comes of its runs.
struct AgentRow : events::agent::Fields, RunFigures {
  using OwnPart = events::agent::Fields;
  events::Decimal total_cost;  // in the workspace's currency
  bool operator==(const AgentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentRow, (events::agent::Fields, RunFigures), (total_cost))

template <> const Table& table_of<AgentRow>();
ReadModel agents();

}  // namespace daybook::projector
