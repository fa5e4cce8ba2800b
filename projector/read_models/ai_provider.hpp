#pragma once
// Configs of AI providers of workspaces and of people, in one table: of a workspace's the workspace is set, of somebody's own the
// person. API keys stay sealed in the log.
#include "events/ai_provider/state.hpp"
#include "events/user/events.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using AiProviderRow = events::ai_provider::Fields;
template <> const Table& table_of<AiProviderRow>();
ReadModel ai_providers();

// What an event of the user does to their own.
void apply_own_ai_provider(const events::user::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
