#pragma once
// Watchers live in their issue's stream.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using WatcherRow = events::issue::Watcher;
template <> const Table& table_of<WatcherRow>();
ReadModel watchers();

}  // namespace daybook::projector
