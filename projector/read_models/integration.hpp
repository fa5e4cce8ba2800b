#pragma once
// Integrations of workspaces and of people, in one table: of a workspace's the workspace is set, of somebody's own the person.
// Credentials stay sealed in the log.
#include "events/integration/state.hpp"
#include "events/user/events.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using IntegrationRow = events::integration::Fields;
template <> const Table& table_of<IntegrationRow>();
ReadModel integrations();

// What an event of the user does to their own.
void apply_own_integration(const events::user::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
