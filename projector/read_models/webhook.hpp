#pragma once
// Webhooks, with the figures of their deliveries. The secret stays sealed in the log.
#include "events/webhook/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using WebhookRow = events::webhook::Fields;
template <> const Table& table_of<WebhookRow>();
ReadModel webhooks();

}  // namespace daybook::projector
