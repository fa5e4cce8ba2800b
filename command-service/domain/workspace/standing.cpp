#include "command-service/domain/workspace/standing.hpp"

#include "command-service/domain/plan/plan.hpp"

namespace daybook::domain::workspace {
namespace {

using events::workspace::PlanChanged;
using events::workspace::QuotaChanged;
using events::workspace::Suspended;

// That there is such a workspace is for its members and for superusers to know.
std::optional<Rejection> refuse_unless_superuser(const State& state, const CommandContext& context) {
  if (is_open(state) && context.is_superuser) return std::nullopt;
  const bool is_member = is_open(state) && context.user && events::workspace::find_member(state, *context.user) != nullptr;
  if (is_member) return forbidden("Only a superuser decides this.");
  return not_found("workspace");
}

}  // namespace

Decision<Event> decide(const State& state, const SetPlan& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (state.subscription_id) return invalid("/plan", "has-subscription", "A subscription decides by which plan this workspace is.");
  if (command.plan_id) {
    const auto& named = state_of<Plan>(facts, events::stream_of(*command.plan_id));
    if (!plan::is_offered(named) || named.plan_type != command.plan)
      return invalid("/plan_id", "unknown-reference", "There is no such plan of this type on offer.");
  }
  const PlanChanged changed{command.plan, command.plan_id, std::nullopt};
  if (changed == events::fields_as<PlanChanged>(state)) return std::vector<Event>{};
  return std::vector<Event>{changed};
}

Decision<Event> decide(const State& state, const SetQuota& command, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  FieldRefusals refusals;
  auto after = events::fields_as<QuotaChanged>(state);
  put_all(command, after, refusals);
  if (after.resource_quota && !events::plan::limits_in_quota(*after.resource_quota))
    return invalid("/resource_quota", "invalid",
                   "Expected an object whose agents, workflows and executions_per_month are whole numbers from -1, which is no limit.");
  if (after == events::fields_as<QuotaChanged>(state)) return std::vector<Event>{};
  return std::vector<Event>{std::move(after)};
}

Decision<Event> decide(const State& state, const Suspend& command, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  auto suspended = domain::told<Suspended>(command);
  if (state.suspended_at && state.suspension_reason == suspended.suspension_reason) return std::vector<Event>{};
  return std::vector<Event>{std::move(suspended)};
}

Decision<Event> decide(const State& state, const Resume&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (!state.suspended_at) return std::vector<Event>{};
  return std::vector<Event>{events::workspace::Resumed{}};
}

}  // namespace daybook::domain::workspace
