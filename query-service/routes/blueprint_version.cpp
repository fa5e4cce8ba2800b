#include "projector/read_models/blueprint.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

struct MarketplaceBlueprintVersionRow : projector::BlueprintVersionShown {};
BOOST_DESCRIBE_STRUCT(MarketplaceBlueprintVersionRow, (projector::BlueprintVersionShown), ())

std::vector<Filter> blueprint_version_filters() {
  return {{"author", "author_id", "Made by these."},
          {"semantic_version", "semantic_version", "Of exactly this name."},
          created_after,
          created_before};
}

std::vector<api::Route> blueprint_version_routes(const QueryContext& context) {
  return {revision_route(context, blueprint_versions(), "blueprint", "/api/v1/workspaces/{workspace}/blueprints/{blueprint}/versions/{revision}")};
}

}  // namespace

const Resource& blueprint_versions() {
  static const Resource resource{.what = "version",
                                 .title = "BlueprintVersion",
                                 .table = "blueprint_versions",
                                 .row = &events::type_info<projector::BlueprintVersionRow>(),
                                 .filters = blueprint_version_filters(),
                                 .sorts = {"revision"},
                                 .default_sort = "-revision",
                                 .containers = {{"blueprint_id", blueprints}},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .more = blueprint_version_routes};
  return resource;
}

// Of those that are listed, which the route sees to. Definitions are for those who have paid for them.
const Resource& listed_blueprint_versions() {
  static const Resource resource{.what = "version",
                                 .title = "MarketplaceBlueprintVersion",
                                 .source = "SELECT v.* FROM $schema.blueprint_versions v",
                                 .row = &events::type_info<MarketplaceBlueprintVersionRow>(),
                                 .filters = blueprint_version_filters(),
                                 .sorts = {"revision"},
                                 .default_sort = "-revision",
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .owner_column = "id"};
  return resource;
}

}  // namespace daybook::query
