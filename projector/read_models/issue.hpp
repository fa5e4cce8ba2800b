#pragma once
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using IssueRow = events::issue::Fields;
template <> const Table& table_of<IssueRow>();
ReadModel issues();

}  // namespace daybook::projector
