#pragma once
// Runs: of tasks, agents, workflows and generations.
#include "events/execution/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using ExecutionRow = events::execution::Fields;
template <> const Table& table_of<ExecutionRow>();
ReadModel executions();

}  // namespace daybook::projector
