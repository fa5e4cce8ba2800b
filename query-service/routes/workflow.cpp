#include "projector/read_models/workflow.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& workflows() {
  static const Resource resource{.what = "workflow",
                                 .title = "Workflow",
                                 .path = "workflows",
                                 .parameter = "workflow",
                                 .table = "workflows",
                                 .row = &events::type_info<projector::WorkflowRow>(),
                                 .stored = projector::table_of<projector::WorkflowRow>,
                                 .filters = {{"q", "id", "Words its name or description holds.", FilterKind::condition, has_words},
                                             {"created_by", "created_by_id", "Defined by these."},
                                             created_after,
                                             created_before,
                                             updated_after,
                                             updated_before},
                                 .sorts = {"name", "created_at", "updated_at"},
                                 .default_sort = "name",
                                 .references = {{"created_by", "created_by_id", principals(), "created_by_type"}},
                                 .children = {{"versions", workflow_versions, "t.workflow_id = $parent"}}};
  return resource;
}

}  // namespace daybook::query
