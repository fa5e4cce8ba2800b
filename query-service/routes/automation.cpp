#include "projector/read_models/automation.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& automations() {
  static const Resource resource{
      .what = "automation",
      .title = "Automation",
      .path = "automations",
      .parameter = "automation",
      .table = "automations",
      .row = &events::type_info<projector::AutomationRow>(),
      .stored = projector::table_of<projector::AutomationRow>,
      .filters = {{"project", "project_id", "Of these projects; none for those of the whole workspace."},
                  {"enabled", "is_enabled", "true or false."},
                  {"created_by", "created_by_id", "Defined by these."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "created_at", "updated_at", "run_count", "last_run_at"},
      .default_sort = "name",
      .containers = {{"project_id", projects}, of_owner("created_by_id", "created_by_type")},
      .references = {{"project", "project_id", {{"", projects}}}, {"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
