#include "command-service/domain/execution/billing.hpp"

namespace daybook::domain::execution {

Source source_of(const State& run) { return {run.ai_provider.value_or(""), run.model.value_or("")}; }

Planned planned(const State& run) { return {run.issue_id, run.project_id, source_of(run), run.max_tokens}; }

Result<Cost> cost_of(const State& run, const Reported& reported, const CommandContext& context, const Facts& facts) {
  std::optional<Cost> before;
  if (run.priced_at) {
    before = Cost{std::nullopt, run.currency.value_or(""), run.priced_by};
    if (run.cost) before->cost_nano = run.cost->nanos;
  }
  return cost_of_run(reported, source_of(run), run.priced_at.value_or(context.now), before, workspace_of(context), facts);
}

std::optional<Spent> spent_by(const State& run) {
  if (!run.cost || !run.priced_at) return std::nullopt;
  const auto project = run.reserved ? run.reserved->project_id : run.project_id;
  return Spent{run.cost->nanos, run.currency.value_or(""), *run.priced_at, run.issue_id, project, run.priced_by};
}

}  // namespace daybook::domain::execution
