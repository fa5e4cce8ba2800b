#include "projector/read_models/plan.hpp"
#include "platform/text/uuid.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::string plan_in_path(const Query& query) { return text::Uuid::parse(query.call.path_parameter("plan")).value_or(text::Uuid{}).text(); }

// Of no workspace, so they lie below none.
std::vector<api::Route> plan_routes(const QueryContext& context) {
  return {list_route(context, "listPlans", "/api/v1/plans", "Every plan that is not retired, by pages.", plans(), Below::oneself,
                     [](const Query& query) { return list_response(query, plans(), {}); }),
          one_route(context, "getPlan", "/api/v1/plans/{plan}", "One of them, every field, with what it ever cost.", plans(), Below::oneself,
                    [](const Query& query) { return one_response(query, plans(), plan_in_path(query), query.call.path_parameter("plan")); })};
}

}  // namespace

const Resource& plans() {
  static const Resource resource{
      .what = "plan",
      .title = "Plan",
      .table = "plans",
      .row = &events::type_info<projector::PlanRow>(),
      .filters = {{"plan_type", "plan_type", "free, pro, enterprise, several by commas."},
                  {"active", "is_active", "true or false."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "plan_type", "price_monthly", "created_at", "updated_at"},
      .default_sort = "price_monthly",
      .owner_column = "id",
      .more = plan_routes};
  return resource;
}

// Only embedded, wherever one is named.
const Resource& named_plans() {
  static const Resource resource{
      .what = "plan", .title = "NamedPlan", .table = "plans", .row = &events::type_info<projector::PlanRow>(), .owner_column = ""};
  return resource;
}

}  // namespace daybook::query
