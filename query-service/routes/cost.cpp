#include <algorithm>

#include "projector/read_models/run_cost.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/core/sums.hpp"
#include "query-service/core/text_lists.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Sums of one group; of what it was not asked by, it says nothing.
struct CostTotal {
  std::optional<text::Date> month;
  std::optional<events::ProjectId> project_id;
  std::optional<events::IssueId> issue_id;
  std::optional<events::AgentId> agent_id;
  std::optional<std::string> ai_provider;
  std::optional<std::string> model;
  std::string currency;
  events::Decimal cost;
  std::int64_t input = 0;
  std::int64_t cache_read = 0;
  std::int64_t cache_write = 0;
  std::int64_t output = 0;
  std::int64_t reasoning = 0;
  std::int64_t unsplit = 0;
  std::int64_t run_count = 0;
  std::int64_t runs_without_cost = 0;
  std::int64_t runs_without_usage = 0;
};
BOOST_DESCRIBE_STRUCT(CostTotal, (), (month, project_id, issue_id, agent_id, ai_provider, model, currency, cost, input, cache_read, cache_write,
                                      output, reasoning, unsplit, run_count, runs_without_cost, runs_without_usage))

struct CostTotals {
  std::vector<CostTotal> totals;
};
BOOST_DESCRIBE_STRUCT(CostTotals, (), (totals))

namespace {

constexpr std::size_t groups_max = 1000;

struct Group {
  std::string_view word, column;
};
constexpr Group groups[] = {{"month", "month"}, {"project", "project_id"}, {"issue", "issue_id"},
                            {"agent", "agent_id"}, {"ai_provider", "ai_provider"}, {"model", "model"}};

// An issue's costs lie where the issue lies now.
constexpr std::string_view costs_sql =
    "SELECT c.id, c.workspace_id, c.month, c.issue_id,"
    " COALESCE((SELECT i.project_id FROM $schema.issues i WHERE i.id = c.issue_id), c.project_id) AS project_id,"
    " c.agent_id, c.ai_provider_id, c.ai_provider, c.model, c.currency, c.cost, c.input, c.cache_read, c.cache_write, c.output,"
    " c.reasoning, c.unsplit, c.run_count, c.runs_without_cost, c.runs_without_usage FROM $schema.costs c";

std::variant<Sums, api::Problem> read_by(const api::Call& call) {
  Sums sums{&events::type_info<CostTotal>(), {}, groups_max};
  if (const auto by = call.parameter("by")) {
    for (const auto word : split(*by)) {
      const auto* group = std::find_if(std::begin(groups), std::end(groups), [&](const Group& each) { return each.word == word; });
      if (group == std::end(groups))
        return api::bad_parameter("by", "unknown-value", "'" + std::string(word) + "' is none of: month, project, issue, agent, ai_provider, model.");
      if (std::find(sums.by.begin(), sums.by.end(), group->column) != sums.by.end())
        return api::bad_parameter("by", "repeated-value", "'" + std::string(word) + "' stands more than once.");
      sums.by.push_back(group->column);
    }
  }
  sums.by.push_back("currency");
  return sums;
}

http::Response cost_totals(const Query& query) {
  const auto& resource = costs();
  const auto sums = read_by(query.call);
  if (const auto* problem = std::get_if<api::Problem>(&sums)) return api::respond_problem(query.call, *problem);
  const auto request = read_list_request(resource, {{resource.owner_column, query.viewer.workspace.text()}}, query.call, *query.context.cursors);
  if (const auto* problem = std::get_if<api::Problem>(&request)) return api::respond_problem(query.call, *problem);
  Columns columns{};
  for (const auto& field : events::type_info<CostTotal>().fields) columns.shown.push_back(&field);
  const auto rows = rows_of(run_sql(query.connection, sums_sql(std::get<ListRequest>(request), std::get<Sums>(sums), query.sight())), columns);
  if (rows.size() > groups_max)
    return api::respond_problem(query.call, api::bad_parameter("by", "too-many", "More than " + std::to_string(groups_max) + " groups; ask for fewer by a filter."));
  std::string body = "{\"totals\":[";
  for (const auto& row : rows) body += (body.back() == '[' ? "" : ",") + row.json + "}";
  return content_response(query, body + "]}");
}

std::vector<api::Route> cost_routes(const QueryContext& context) {
  api::Route route{};
  route.id = "getCostTotals";
  route.method = "GET";
  route.path = "/api/v1/workspaces/{workspace}/costs/totals";
  route.summary = "What runs used and cost, summed up by currency and by what is asked for.";
  route.tag = costs().what;
  route.permission = "workspace_read";
  route.reply = &events::type_info<CostTotals>();
  route.reply_fields = {"ETag", "Daybook-Position", "Daybook-Log"};
  route.parameters = waiting_parameters();
  route.parameters.push_back({"by", "month, project, issue, agent, ai_provider, model, several by commas; by currency alone when absent."});
  for (const auto& filter : costs().filters) route.parameters.push_back({filter.parameter, filter.description});
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    serve(context, std::move(call), std::move(respond), Below::workspace, cost_totals);
  };
  return {std::move(route)};
}

}  // namespace

const Resource& costs() {
  static const Resource resource{
      .what = "cost",
      .title = "Cost",
      .path = "costs",
      .table = "costs",
      .source = costs_sql,
      .row = &events::type_info<projector::CostRow>(),
      .filters = {{"month", "month", "Of these months, each by its first day."},
                  {"month_after", "month", "Of later months than this one.", FilterKind::since},
                  {"month_before", "month", "Of earlier months than this one.", FilterKind::until},
                  {"project", "project_id", "In these projects; none for what lies in none."},
                  {"issue", "issue_id", "Of runs of these issues; none for runs without one."},
                  {"agent", "agent_id", "Of these agents; none for runs by nobody in particular."},
                  {"ai_provider", "ai_provider", "Bought from this provider: openai, anthropic, …"},
                  {"model", "model", "Of exactly this model."},
                  {"currency", "currency", "In this currency."}},
      .sorts = {"month"},
      .default_sort = "-month",
      .containers = {{"project_id", projects}, {"issue_id", issues}},
      .references = {{"project", "project_id", {{"", projects}}}, {"issue", "issue_id", {{"", issues}}}, {"agent", "agent_id", {{"", agents}}}},
      .more = cost_routes};
  return resource;
}

}  // namespace daybook::query
