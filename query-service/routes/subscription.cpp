#include "projector/read_models/subscription.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// Nobody's where none is live.
std::string live_one(const Query& query) {
  const auto rows = query.connection.exec_prepared(
      filled("SELECT id::text FROM $schema.subscriptions WHERE workspace_id = $1::uuid AND status <> 'expired'", query.context.schema),
      pg::Params().text(query.viewer.workspace.text()));
  return rows.empty() ? text::Uuid{}.text() : rows.text(0, 0);
}

std::vector<api::Route> subscription_routes(const QueryContext& context) {
  return {one_route(context, "getWorkspaceSubscription", "/api/v1/workspaces/{workspace}/subscription", "The one that is live.", subscriptions(),
                    Below::workspace,
                    [](const Query& query) { return one_response(query, subscriptions(), query.viewer.workspace.text(), live_one(query)); })};
}

}  // namespace

const Resource& subscriptions() {
  static const Resource resource{
      .what = "subscription",
      .title = "Subscription",
      .path = "subscriptions",
      .parameter = "subscription",
      .table = "subscriptions",
      .row = &events::type_info<projector::SubscriptionRow>(),
      .filters = {{"status", "status", "active, cancelled, expired, several by commas."},
                  {"billing_cycle", "billing_cycle", "monthly, yearly."},
                  {"plan", "plan_id", "To these plans."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"created_at", "updated_at", "current_period_end"},
      .default_sort = "-created_at",
      .references = {{"plan", "plan_id", {{"", named_plans}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"periods", subscription_periods, "t.subscription_id = $parent"}},
      .more = subscription_routes};
  return resource;
}

const Resource& subscription_periods() {
  static const Resource resource{.what = "period",
                                 .title = "SubscriptionPeriod",
                                 .table = "subscription_periods",
                                 .row = &events::type_info<projector::SubscriptionPeriodRow>(),
                                 .sorts = {"period_start", "total"},
                                 .default_sort = "-period_start"};
  return resource;
}

}  // namespace daybook::query
