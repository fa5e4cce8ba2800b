#include "projector/read_models/workflow.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::vector<api::Route> workflow_version_routes(const QueryContext& context) {
  return {revision_route(context, workflow_versions(), "workflow", "/api/v1/workspaces/{workspace}/workflows/{workflow}/versions/{revision}")};
}

}  // namespace

const Resource& workflow_versions() {
  static const Resource resource{.what = "revision",
                                 .title = "WorkflowVersion",
                                 .table = "workflow_versions",
                                 .row = &events::type_info<projector::WorkflowVersionRow>(),
                                 .filters = {{"author", "author_id", "Written by these."}, created_after, created_before},
                                 .sorts = {"revision"},
                                 .default_sort = "-revision",
                                 .containers = {{"workflow_id", workflows}},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .more = workflow_version_routes};
  return resource;
}

}  // namespace daybook::query
