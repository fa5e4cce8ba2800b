#pragma once
// Integrations. Credentials stay sealed in the log.
#include "events/integration/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using IntegrationRow = events::integration::Fields;
template <> const Table& table_of<IntegrationRow>();
ReadModel integrations();

}  // namespace daybook::projector
