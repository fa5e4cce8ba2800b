#pragma once
// Members live in their workspace's stream.
#include "events/workspace/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using MemberRow = events::workspace::Member;
template <> const Table& table_of<MemberRow>();
ReadModel members();

}  // namespace daybook::projector
