#include "projector/read_models/webhook.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& webhooks() {
  static const Resource resource{
      .what = "webhook",
      .title = "Webhook",
      .path = "webhooks",
      .parameter = "webhook",
      .table = "webhooks",
      .row = &events::type_info<projector::WebhookRow>(),
      .stored = projector::table_of<projector::WebhookRow>,
      .filters = {{"project", "project_id", "Of these projects; none for those of the whole workspace."},
                  {"enabled", "is_enabled", "true or false."},
                  {"created_by", "created_by_id", "Registered by these."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "created_at", "updated_at", "failure_count", "last_triggered_at"},
      .default_sort = "name",
      .containers = {{"project_id", projects}},
      .references = {{"project", "project_id", {{"", projects}}}, {"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
