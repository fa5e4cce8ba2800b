#include "projector/read_models/integration.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& integrations() {
  static const Resource resource{
      .what = "integration",
      .title = "Integration",
      .path = "integrations",
      .parameter = "integration",
      .table = "integrations",
      .row = &events::type_info<projector::IntegrationRow>(),
      .stored = projector::table_of<projector::IntegrationRow>,
      .filters = {{"type", "type", "Of exactly this service: slack, github, google_drive, …"},
                  {"enabled", "is_enabled", "true or false."},
                  {"created_by", "created_by_id", "Connected by these."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"type", "created_at", "updated_at", "last_sync_at"},
      .default_sort = "type",
      .references = {{"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
