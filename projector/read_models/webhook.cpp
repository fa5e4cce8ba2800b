#include "projector/read_models/webhook.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_webhook(const events::Envelope& e, StateStore& store) {
  const auto [before, after] = fold_row<events::webhook::State, WebhookRow>(read_event<events::webhook::Event>(e), e, store);
  note_activity(e, {"webhook", after.id.value, after.project_id, {}, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<WebhookRow>() {
  static const auto t = table<WebhookRow>(
      45, "webhooks", {},
      {"workspace_id, name COLLATE \"C\", id",
       "workspace_id, created_at, id",
       "workspace_id, updated_at, id",
       "workspace_id, failure_count, id",
       "workspace_id, ((last_triggered_at IS NULL)::int), last_triggered_at, id",
       "workspace_id, ((last_triggered_at IS NOT NULL)::int), last_triggered_at, id",
       "project_id",
       "(read_models.number_of(id, born, 13))"});
  return t;
}

ReadModel webhooks() { return {{&table_of<WebhookRow>()}, events::StreamType::webhook, apply_webhook}; }

}  // namespace daybook::projector
