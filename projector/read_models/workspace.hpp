#pragma once
#include "events/workspace/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using WorkspaceRow = events::workspace::Fields;
template <> const Table& table_of<WorkspaceRow>();
ReadModel workspaces();

}  // namespace daybook::projector
