#include "command-service/domain/workspace/quota.hpp"

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/plan/plan.hpp"

namespace daybook::domain {
namespace {

using events::plan::Limits;

std::int64_t count_of(Limited what, const CommandContext& context, const Facts& facts) {
  const auto workspace = events::stream_of(workspace_of(context).id);
  switch (what) {
    case Limited::agents: return facts.counter(scope::quota_agents, workspace);
    case Limited::workflows: return facts.counter(scope::quota_workflows, workspace);
    case Limited::executions_per_month: return facts.counter(scope::quota_executions(context.now), workspace);
  }
  return 0;
}

std::string sentence(Limited what, std::int64_t limit) {
  const auto most = std::to_string(limit);
  switch (what) {
    case Limited::agents: return "This workspace may have " + most + " agents.";
    case Limited::workflows: return "This workspace may have " + most + " workflows.";
    case Limited::executions_per_month: return "This workspace may request " + most + " executions in a calendar month (UTC).";
  }
  return {};
}

}  // namespace

std::string scope::quota_executions(text::Instant month_of) { return "quota-executions-" + text::date_of(month_of).text().substr(0, 7); }
std::string scope::quota_executions(const events::Envelope& requested) {
  return quota_executions(events::is_of_database(requested) ? requested.occurred_at : requested.recorded_at);
}

const events::plan::State* plan_in_force(const events::workspace::State& workspace, const Facts& facts) {
  auto id = workspace.plan_id ? std::optional(events::stream_of(*workspace.plan_id)) : plan::oldest_offered(workspace.plan, facts);
  if (!id) return nullptr;
  const auto& state = state_of<Plan>(facts, *id);
  return state.version.value == 0 ? nullptr : &state;
}

Limits limits_in_force(const events::workspace::State& workspace, const Facts& facts) {
  if (workspace.resource_quota) return events::plan::limits_in_quota(*workspace.resource_quota).value_or(Limits{0, 0, 0});
  const auto* plan = plan_in_force(workspace, facts);
  if (plan == nullptr) return events::plan::usual_limits(workspace.plan);
  return events::plan::limits_in_plan(plan->limits).value_or(Limits{});
}

std::optional<Rejection> refuse_over_quota(const CommandContext& context, Limited what, const Facts& facts, std::int64_t more) {
  const auto limit = events::plan::limit_of(limits_in_force(workspace_of(context), facts), what);
  if (!limit || count_of(what, context, facts) + more <= *limit) return std::nullopt;
  return Rejection{Rejection::Kind::quota_exceeded, "quota-exceeded", sentence(what, *limit), {}, std::nullopt};
}

}  // namespace daybook::domain
