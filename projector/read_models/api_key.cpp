#include "projector/read_models/api_key.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

// A key is its holder's affair, and what they call it, too: everybody learns that there is one. That it was used is no news.
void apply_api_key(const events::Envelope& e, StateStore& store) {
  const auto row = fold_row<events::api_key::State, ApiKeyRow>(read_event<events::api_key::Event>(e), e, store);
  if (e.type != events::api_key::Used::type) note_activity(e, {"api_key", row.after.id.value, {}, {}, "{}"}, store);
}

}  // namespace

template <>
const Table& table_of<ApiKeyRow>() {
  static const auto t = table<ApiKeyRow>(
      65, "api_keys", {},
      {"workspace_id, name COLLATE \"C\", id",
       "workspace_id, created_at, id",
       "workspace_id, updated_at, id",
       "workspace_id, ((last_used_at IS NULL)::int), last_used_at, id",
       "workspace_id, ((last_used_at IS NOT NULL)::int), last_used_at, id",
       "workspace_id, user_id, created_at, id",
       "(expires_at, id) WHERE is_active",
       "user_id",
       "((id::text))"});
  return t;
}

ReadModel api_keys() { return {{&table_of<ApiKeyRow>()}, events::StreamType::api_key, apply_api_key}; }

}  // namespace daybook::projector
