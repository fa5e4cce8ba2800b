#include "projector/read_models/skill_version.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::vector<api::Route> skill_version_routes(const QueryContext& context) {
  return {revision_route(context, skill_versions(), "skill", "/api/v1/workspaces/{workspace}/skills/{skill}/versions/{revision}")};
}

}  // namespace

const Resource& skill_versions() {
  static const Resource resource{.what = "revision",
                                 .title = "SkillVersion",
                                 .table = "skill_versions",
                                 .row = &events::type_info<projector::SkillVersionRow>(),
                                 .filters = {{"author", "author_id", "Written by these."}, created_after, created_before},
                                 .sorts = {"revision"},
                                 .default_sort = "-revision",
                                 .containers = {{"skill_id", skills}},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .more = skill_version_routes};
  return resource;
}

}  // namespace daybook::query
