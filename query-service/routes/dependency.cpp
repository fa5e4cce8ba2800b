#include "projector/read_models/dependency.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& dependencies() {
  static const Resource resource{
      .what = "dependency",
      .title = "Dependency",
      .path = "dependencies",
      .table = "dependencies",
      .row = &events::type_info<projector::DependencyRow>(),
      .filters = {{"issue", "issue_id", "Written on these issues."}, {"type", "dependency_type", "blocks, blocked_by, related."}},
      .sorts = {"created_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}, {"depends_on_id", issues}},
      .references = {{"issue", "issue_id", {{"", issues}}}, {"depends_on", "depends_on_id", {{"", issues}}}}};
  return resource;
}

}  // namespace daybook::query
