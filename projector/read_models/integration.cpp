#include "projector/read_models/integration.hpp"

#include "events/user/state.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<IntegrationRow>() {
  static const auto t = table<IntegrationRow>(
      47, "integrations", {},
      {"workspace_id, type COLLATE \"C\", id",
       "workspace_id, created_at, id",
       "workspace_id, updated_at, id",
       "workspace_id, ((last_sync_at IS NULL)::int), last_sync_at, id",
       "workspace_id, ((last_sync_at IS NOT NULL)::int), last_sync_at, id",
       "user_id, type COLLATE \"C\", id",
       "user_id, created_at, id",
       "user_id, updated_at, id",
       "user_id, ((last_sync_at IS NULL)::int), last_sync_at, id",
       "user_id, ((last_sync_at IS NOT NULL)::int), last_sync_at, id",
       "(read_models.number_of(id, born, 14))"});
  return t;
}

ReadModel integrations() { return {{&table_of<IntegrationRow>()}, events::StreamType::integration, apply_plain<events::integration::Event, events::integration::State, IntegrationRow>}; }

void apply_own_integration(const events::user::Event& event, const events::Envelope& e, StateStore& store) {
  const auto apply = [&](const auto& what) {
    if constexpr (requires { what.integration_id; })
      change_own<&events::user::State::integrations, IntegrationRow>(what.integration_id.value, what, e, store);
  };
  std::visit(apply, event);
}

}  // namespace daybook::projector
