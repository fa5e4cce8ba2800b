#pragma once
// Commits live in the stream of the issue they are linked to.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using CommitRow = events::issue::Commit;
template <> const Table& table_of<CommitRow>();
ReadModel commits();

}  // namespace daybook::projector
