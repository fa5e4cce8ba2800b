#pragma once
// Labels live in their workspace's stream.
#include "events/workspace/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using LabelRow = events::workspace::Label;
template <> const Table& table_of<LabelRow>();
ReadModel labels();

}  // namespace daybook::projector
