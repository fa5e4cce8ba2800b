#pragma once
#include "events/agent/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using AgentRow = events::agent::Fields;
template <> const Table& table_of<AgentRow>();
ReadModel agents();

}  // namespace daybook::projector
