#pragma once
// What runs use and cost, between their commands and their events. Private to this folder.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "command-service/domain/execution/execution.hpp"

namespace daybook::domain::execution {

// As budgets ask of a run.
Planned planned(const State& run);
Source source_of(const State& run);

// What was reported of a run that ends now, or that ended and is corrected.
Result<Cost> cost_of(const State& run, const Reported& reported, const CommandContext& context, const Facts& facts);

// The members of an event that say what a run used and cost.
template <class E>
void bill(E& event, const Reported& reported, const Cost& cost) {
  event.usage = reported.usage;
  event.reported_cost = reported.cost;
  event.cost_nano = cost.cost_nano;
  event.currency = cost.currency;
  event.priced_by = cost.priced_by;
}

// What the run counts as spent as it stands, and what it counts after an event that bills it.
std::optional<Spent> spent_by(const State& run);
template <class E>
std::optional<Spent> spent_after(const State& run, const E& event, text::Instant ended) {
  if (!event.cost_nano) return std::nullopt;
  const auto project = run.reserved ? run.reserved->project_id : run.project_id;
  return Spent{*event.cost_nano, event.currency, ended, run.issue_id, project, event.priced_by};
}

}  // namespace daybook::domain::execution
