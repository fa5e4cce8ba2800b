#include "query-service/routes/resources.hpp"

#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

const std::vector<ResourceOf>& all_resources() {
#define DAYBOOK_LIST(name) name,
  static const std::vector<ResourceOf> all{DAYBOOK_RESOURCES(DAYBOOK_LIST)};
#undef DAYBOOK_LIST
  return all;
}

std::vector<api::Route> resource_routes(const QueryContext& context) {
  std::vector<api::Route> routes;
  const auto add = [&](std::vector<api::Route> more) { routes.insert(routes.end(), more.begin(), more.end()); };
  for (const auto resource : all_resources()) {
    add(routes_of(context, resource(), activity));
    if (resource().more) add(resource().more(context));
  }
  return routes;
}

}  // namespace daybook::query
