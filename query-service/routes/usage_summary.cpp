#include "query-service/routes/usage_summary.hpp"

#include "events/plan/limits.hpp"
#include "query-service/core/replies.hpp"
#include "query-service/core/sql.hpp"

namespace daybook::query {

struct UnitUsage {
  events::Decimal quantity;
  events::Decimal total_cost;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(UnitUsage, (), (quantity, total_cost, count))

struct UsageSummary {
  events::WorkspaceId workspace_id{};
  std::optional<events::SubscriptionId> subscription_id;
  text::Instant period_start{};
  text::Instant period_end{};
  std::map<std::string, UnitUsage> usage_by_unit;
  events::Decimal total_cost;
  std::string currency;
};
BOOST_DESCRIBE_STRUCT(UsageSummary, (), (workspace_id, subscription_id, period_start, period_end, usage_by_unit, total_cost, currency))

struct CountedUsage {
  std::int64_t agents = 0;
  std::int64_t workflows = 0;
  std::int64_t executions_per_month = 0;
};
BOOST_DESCRIBE_STRUCT(CountedUsage, (), (agents, workflows, executions_per_month))

// A limit that is not there is none.
struct WorkspaceQuota {
  events::WorkspaceId workspace_id{};
  events::plan::PlanType plan = events::plan::PlanType::free;
  std::optional<events::PlanId> plan_id;
  std::optional<events::Json> resource_quota;
  events::plan::Limits limits;
  CountedUsage usage;
  text::Instant resets_at{};       // when another month begins for executions
};
BOOST_DESCRIBE_STRUCT(WorkspaceQuota, (), (workspace_id, plan, plan_id, resource_quota, limits, usage, resets_at))

namespace {

// Moments come as microseconds since 1970. The open period of the live subscription, else this month.
constexpr std::string_view period =
    "SELECT s.id::text, (extract(epoch FROM coalesce(s.current_period_start, date_trunc('month', $now))) * 1000000)::bigint,"
    " (extract(epoch FROM coalesce(s.current_period_end, date_trunc('month', $now) + interval '1 month')) * 1000000)::bigint,"
    " coalesce(s.currency, w.currency)"
    " FROM $schema.workspaces w LEFT JOIN $schema.subscriptions s ON s.workspace_id = w.id AND s.status <> 'expired' WHERE w.id = $1::uuid";

constexpr std::string_view totals =
    "SELECT billing_unit, quantity, total_cost, count FROM $schema.usage_totals WHERE workspace_id = $1::uuid AND period_start = $2::timestamptz"
    " AND currency = $3 AND subscription_id IS NOT DISTINCT FROM $4::uuid";

// The plan that was named, else the first on offer of the type.
constexpr std::string_view standing =
    "SELECT w.plan, w.plan_id::text, w.resource_quota::text, p.limits::text, coalesce(u.agents, 0), coalesce(u.workflows, 0),"
    " CASE WHEN u.month = to_char($now, 'YYYY-MM') THEN u.executions ELSE 0 END,"
    " (extract(epoch FROM date_trunc('month', $now) + interval '1 month') * 1000000)::bigint"
    " FROM $schema.workspaces w LEFT JOIN $schema.workspace_usage u ON u.id = w.id"
    " LEFT JOIN LATERAL (SELECT limits FROM $schema.plans p WHERE CASE WHEN w.plan_id IS NOT NULL THEN p.id = w.plan_id"
    " ELSE p.plan_type = w.plan AND p.is_active AND p.deleted_at IS NULL END ORDER BY p.id LIMIT 1) p ON true WHERE w.id = $1::uuid";

text::Instant moment(const pg::Result& rows, int column) { return text::Instant{std::chrono::microseconds{rows.int64(0, column)}}; }

http::Response summarised(const Query& query) {
  const auto workspace = query.viewer.workspace.text();
  const auto found = query.connection.exec_prepared(filled(period, query.context.schema), pg::Params().text(workspace));
  const auto subscription = found.optional_text(0, 0);
  UsageSummary summary{};
  summary.workspace_id = query.viewer.workspace;
  if (subscription) summary.subscription_id = events::SubscriptionId::parse(*subscription);
  summary.period_start = moment(found, 1);
  summary.period_end = moment(found, 2);
  summary.currency = found.text(0, 3);
  const auto rows = query.connection.exec_prepared(
      filled(totals, query.context.schema),
      pg::Params().text(workspace).text(text::format_instant(summary.period_start)).text(summary.currency).text(subscription));
  for (int row = 0; row < rows.rows(); ++row) {
    const UnitUsage unit{{rows.int64(row, 1)}, {rows.int64(row, 2)}, rows.int64(row, 3)};
    summary.total_cost.nanos += unit.total_cost.nanos;
    summary.usage_by_unit.emplace(rows.text(row, 0), unit);
  }
  return content_response(query, events::to_json_with_nulls(summary));
}

events::plan::Limits limits_of(const WorkspaceQuota& quota, const std::optional<std::string>& of_plan) {
  using namespace events::plan;
  if (quota.resource_quota) return limits_in_quota(*quota.resource_quota).value_or(Limits{0, 0, 0});
  if (of_plan) return limits_in_plan(events::Json{*of_plan}).value_or(Limits{});
  return usual_limits(quota.plan);
}

http::Response what_it_may_have(const Query& query) {
  const auto rows =
      query.connection.exec_prepared(filled(standing, query.context.schema), pg::Params().text(query.viewer.workspace.text()));
  WorkspaceQuota quota{};
  quota.workspace_id = query.viewer.workspace;
  quota.plan = events::word_to<events::plan::PlanType>(rows.text(0, 0)).value_or(events::plan::PlanType::free);
  if (const auto id = rows.optional_text(0, 1)) quota.plan_id = events::PlanId::parse(*id);
  if (auto own = rows.optional_text(0, 2)) quota.resource_quota = events::Json{std::move(*own)};
  quota.limits = limits_of(quota, rows.optional_text(0, 3));
  quota.usage = {rows.int64(0, 4), rows.int64(0, 5), rows.int64(0, 6)};
  quota.resets_at = moment(rows, 7);
  return content_response(query, events::to_json_with_nulls(quota));
}

api::Route document(const QueryContext& context, std::string_view id, std::string_view path, std::string_view says,
                    const events::TypeInfo* reply, Run run) {
  api::Route route{};
  route.id = id;
  route.method = "GET";
  route.path = path;
  route.summary = says;
  route.tag = "usage record";
  route.permission = "workspace_read";
  route.reply = reply;
  route.reply_fields = {"ETag", "Daybook-Position", "Daybook-Log"};
  route.parameters = waiting_parameters();
  route.handler = [&context, run = std::move(run)](api::CallPtr call, api::Respond respond) {
    serve(context, std::move(call), std::move(respond), Below::workspace, run);
  };
  return route;
}

}  // namespace

std::vector<api::Route> usage_summary_routes(const QueryContext& context) {
  return {document(context, "getUsageSummary", "/api/v1/workspaces/{workspace}/usage/summary",
                   "What was used in the open period of the live subscription, or in this month, by unit.", &events::type_info<UsageSummary>(), summarised),
          document(context, "getWorkspaceQuota", "/api/v1/workspaces/{workspace}/quota", "What the workspace may have, and what it has.",
                   &events::type_info<WorkspaceQuota>(), what_it_may_have)};
}

}  // namespace daybook::query
