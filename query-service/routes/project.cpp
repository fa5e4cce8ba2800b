#include "projector/read_models/project.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& projects() {
  static const Resource resource{
      .what = "project",
      .title = "Project",
      .path = "projects",
      .parameter = "project",
      .table = "projects",
      .row = &events::type_info<projector::ProjectRow>(),
      .stored = projector::table_of<projector::ProjectRow>,
      .filters = {{"status", "status", "planning, active, on_hold, completed, cancelled, several by commas."},
                  {"owner", "owner_id", "Owned by these users; none for unowned."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "key", "created_at", "updated_at"},
      .default_sort = "name",
      .references = {{"owner", "owner_id", {{"", people}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"activity", activity, "t.project_id = $parent"}, {"documents", documents, "t.project_id = $parent"}},
      .short_column = "key",
      .former_kind = "project"};
  return resource;
}

}  // namespace daybook::query
