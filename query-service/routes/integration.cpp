#include "projector/read_models/integration.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// As its person reads it: nobody else can have connected it.
struct MyIntegrationRow : projector::IntegrationRow {};
BOOST_DESCRIBE_STRUCT(MyIntegrationRow, (projector::IntegrationRow), ())

constexpr Filter service{"type", "type", "Of exactly this service: slack, github, google_drive, …"};

std::vector<std::string_view> integration_sorts() { return {"type", "created_at", "updated_at", "last_sync_at"}; }

std::vector<api::Route> my_integration_routes(const QueryContext& context) {
  return routes_of_ones_own(context, my_integrations(), "/api/v1/me/integrations");
}

}  // namespace

const Resource& integrations() {
  static const Resource resource{
      .what = "integration",
      .title = "Integration",
      .path = "integrations",
      .parameter = "integration",
      .table = "integrations",
      .row = &events::type_info<projector::IntegrationRow>(),
      .stored = projector::table_of<projector::IntegrationRow>,
      .filters = filters_of_kept(service, "Connected by these."),
      .sorts = integration_sorts(),
      .default_sort = "type",
      .references = {{"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

const Resource& my_integrations() {
  static const Resource resource{.what = "integration",
                                 .title = "MyIntegration",
                                 .parameter = "my_integration",
                                 .table = "integrations",
                                 .row = &events::type_info<MyIntegrationRow>(),
                                 .filters = filters_of_kept(service),
                                 .sorts = integration_sorts(),
                                 .default_sort = "type",
                                 .owner_column = "user_id",
                                 .more = my_integration_routes};
  return resource;
}

}  // namespace daybook::query
