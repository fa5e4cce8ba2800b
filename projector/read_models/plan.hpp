#pragma once
#include "events/plan/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using PlanRow = events::plan::Fields;
template <> const Table& table_of<PlanRow>();
ReadModel plans();

}  // namespace daybook::projector
