#include "projector/read_models/document_version.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::vector<api::Route> document_version_routes(const QueryContext& context) {
  return {revision_route(context, document_versions(), "document",
                         "/api/v1/workspaces/{workspace}/documents/{document}/versions/{revision}")};
}

}  // namespace

const Resource& document_versions() {
  static const Resource resource{.what = "revision",
                                 .title = "DocumentVersion",
                                 .table = "document_versions",
                                 .row = &events::type_info<projector::DocumentVersionRow>(),
                                 .filters = {{"author", "author_id", "Written by these."}, created_after, created_before},
                                 .sorts = {"revision"},
                                 .default_sort = "-revision",
                                 .containers = {{"document_id", documents}},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .more = document_version_routes};
  return resource;
}

}  // namespace daybook::query
