#pragma once
#include "events/time_entry/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using TimeEntryRow = events::time_entry::Fields;
template <> const Table& table_of<TimeEntryRow>();
ReadModel time_entries();

}  // namespace daybook::projector
