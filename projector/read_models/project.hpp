#pragma once
#include "events/project/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using ProjectRow = events::project::Fields;
template <> const Table& table_of<ProjectRow>();
ReadModel projects();

}  // namespace daybook::projector
