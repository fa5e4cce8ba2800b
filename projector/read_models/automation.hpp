#pragma once
// Automations, with the figures of their runs.
#include "events/automation/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using AutomationRow = events::automation::Fields;
template <> const Table& table_of<AutomationRow>();
ReadModel automations();

}  // namespace daybook::projector
