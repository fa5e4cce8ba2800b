#pragma once
// Dependencies live in the stream of the issue they are written on.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using DependencyRow = events::issue::Dependency;
template <> const Table& table_of<DependencyRow>();
ReadModel dependencies();

}  // namespace daybook::projector
