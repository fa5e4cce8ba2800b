#include "events/plan/limits.hpp"

#include "events/core/json.hpp"

namespace daybook::events::plan {
namespace {

// As it was written: -1 is still a number.
std::optional<Limits> read(const Json& object) {
  Limits limits{};
  if (!from_json(object.text, limits, Reading::lenient)) return std::nullopt;
  for (const auto& limit : {limits.agents, limits.workflows, limits.executions_per_month})
    if (limit && *limit < no_limit) return std::nullopt;
  return limits;
}

void unset_unlimited(Limits& limits) {
  for (auto* limit : {&limits.agents, &limits.workflows, &limits.executions_per_month})
    if (*limit == no_limit) limit->reset();
}

}  // namespace

std::optional<Limits> limits_in_plan(const Json& object) {
  auto limits = read(object);
  if (limits) unset_unlimited(*limits);
  return limits;
}

std::optional<Limits> limits_in_quota(const Json& object) {
  auto limits = read(object);
  if (!limits) return std::nullopt;
  for (auto* limit : {&limits->agents, &limits->workflows, &limits->executions_per_month})
    if (!*limit) *limit = 0;
  unset_unlimited(*limits);
  return limits;
}

Limits usual_limits(PlanType type) {
  switch (type) {
    case PlanType::free: return {5, 3, 1000};
    case PlanType::pro: return {50, 20, 100000};
    case PlanType::enterprise: return {};
  }
  return {};
}

std::optional<std::int64_t> limit_of(const Limits& limits, Limited what) {
  switch (what) {
    case Limited::agents: return limits.agents;
    case Limited::workflows: return limits.workflows;
    case Limited::executions_per_month: return limits.executions_per_month;
  }
  return std::nullopt;
}

}  // namespace daybook::events::plan
