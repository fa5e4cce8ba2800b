#include "command-service/domain/execution/budget.hpp"

#include <algorithm>

#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/project/project.hpp"
#include "events/core/money.hpp"

namespace daybook::domain::execution {

using events::Decimal;
using events::execution::Reservation;

// What free JSON says of budgets: a workspace's billing information and a project's settings, then a workspace's settings.
struct MonthlyBudget {
  std::optional<Decimal> monthlyBudget;
};
BOOST_DESCRIBE_STRUCT(MonthlyBudget, (), (monthlyBudget))
struct AiDefaults {
  std::optional<Decimal> maxCostPerTask;
};
BOOST_DESCRIBE_STRUCT(AiDefaults, (), (maxCostPerTask))
struct AiSettings {
  std::optional<AiDefaults> aiDefaults;
};
BOOST_DESCRIBE_STRUCT(AiSettings, (), (aiDefaults))

namespace {

// Something that a run is paid from. All time where it is not of a month.
struct Budget {
  std::string_view what;
  StreamId of{};
  std::string currency;
  Decimal limit;
  bool monthly = true;
};

// Where a run is, and what is bought for it, as it stands now.
struct Standing {
  const events::workspace::State& workspace;
  std::optional<events::IssueId> issue;
  std::optional<events::ProjectId> project;
  std::optional<events::AiProviderId> provider;
};

Standing standing_of(const Planned& run, const CommandContext& context, const Facts& facts) {
  const auto& workspace = workspace_of(context);
  auto project = run.project_id;
  if (run.issue_id) project = state_of<Issue>(facts, events::stream_of(*run.issue_id)).project_id;
  return {workspace, run.issue_id, project, provider_of(run.source, workspace.id, facts)};
}

// What cannot be read says nothing.
template <class Said>
Said said_in(const std::optional<events::Json>& json) {
  Said said{};
  if (json && !events::from_json(json->text, said, events::Reading::lenient)) return {};
  return said;
}

std::optional<Decimal> limit_per_task(const events::workspace::State& workspace) {
  const auto said = said_in<AiSettings>(workspace.settings);
  return said.aiDefaults ? said.aiDefaults->maxCostPerTask : std::nullopt;
}

std::vector<Budget> budgets_of(const Standing& standing, const Facts& facts) {
  const auto& workspace = standing.workspace;
  std::vector<Budget> budgets;
  const auto add = [&](std::string_view what, StreamId of, const std::optional<Decimal>& limit, const std::string& currency, bool monthly = true) {
    if (limit) budgets.push_back({what, of, currency, *limit, monthly});
  };
  add("workspace", events::stream_of(workspace.id), said_in<MonthlyBudget>(workspace.billing_info).monthlyBudget, workspace.currency);
  if (standing.project) {
    const auto of = events::stream_of(*standing.project);
    add("project", of, said_in<MonthlyBudget>(state_of<Project>(facts, of).settings).monthlyBudget, workspace.currency);
  }
  if (standing.provider) {
    const auto of = events::stream_of(*standing.provider);
    const auto& provider = state_of<AiProvider>(facts, of);
    add("AI provider", of, provider.monthly_budget, provider.currency);
  }
  if (standing.issue) add("issue", events::stream_of(*standing.issue), limit_per_task(workspace), workspace.currency, false);
  return budgets;
}

// What a budget still has, for what is recorded now. Less than nothing where more was spent than it allows.
std::int64_t left_of(const Budget& budget, text::Instant now, const Facts& facts) {
  const auto spent = facts.counter(budget.monthly ? spent_in(budget.currency, now) : spent_in(budget.currency), budget.of);
  const auto reserved = facts.counter(reserved_in(budget.currency), budget.of);
  const auto gone = events::sum(Decimal{spent}, Decimal{reserved});
  const auto left = gone ? events::sum(budget.limit, Decimal{-gone->nanos}) : std::nullopt;
  return left ? left->nanos : 0;  // beyond all bounds: used up
}

Rejection used_up(const Budget& budget, std::string_view why) {
  const auto kind = std::string(budget.monthly ? "The monthly budget" : "What may be spent on one task") + " of the " + std::string(budget.what);
  return {Rejection::Kind::quota_exceeded, "budget-exceeded",
          kind + ", " + budget.limit.text() + " " + budget.currency + ", " + std::string(why), {}, std::nullopt};
}

// What so many tokens of an answer cost, where that is a sum one can hold back.
std::optional<std::int64_t> cost_of_answer(std::int64_t tokens, Decimal price) {
  events::Bill answer;
  answer.add(std::clamp<std::int64_t>(tokens, 0, tokens_max), price);
  const auto cost = answer.total(tokens_priced);
  if (!cost || cost->nanos > reservation_nano_max) return std::nullopt;
  return cost->nanos;
}

// The most that its answer may cost, in the currency of its price; nothing where nobody knows.
std::optional<Reservation> most_of_answer(std::optional<std::int64_t> tokens, const Planned& run, const Standing& standing, const CommandContext& context,
                                          const Facts& facts) {
  const auto price = price_at(context.now, run.source, standing.workspace.id, facts);
  if (!tokens || !price || !price->output) return std::nullopt;
  const auto cost = cost_of_answer(*tokens, *price->output);
  if (!cost) return std::nullopt;
  return Reservation{*cost, price->currency, standing.project, standing.provider};
}

// All that its task may still cost; nothing where that has no limit.
std::optional<Reservation> most_of_task(const Standing& standing, const CommandContext& context, const Facts& facts) {
  const auto limit = limit_per_task(standing.workspace);
  if (!limit || limit->nanos <= 0) return std::nullopt;  // of 0, where there is a task, nothing is let in
  Reservation reservation{limit->nanos, standing.workspace.currency, standing.project, standing.provider};
  if (standing.issue) reservation.cost_nano = left_of({"issue", events::stream_of(*standing.issue), reservation.currency, *limit, false}, context.now, facts);
  reservation.cost_nano = std::clamp<std::int64_t>(reservation.cost_nano, 0, reservation_nano_max);
  return reservation;
}

// The most that the run is said to cost; nothing where nothing says.
std::optional<Reservation> expected(const Planned& run, const Standing& standing, const CommandContext& context, const Facts& facts) {
  auto answer = most_of_answer(run.max_tokens, run, standing, context, facts);
  const auto task = most_of_task(standing, context, facts);
  if (!answer) return task;
  if (task && task->currency == answer->currency) answer->cost_nano = std::min(answer->cost_nano, task->cost_nano);
  return answer;
}

// Nothing says what the run may cost: what is assumed of one, or what the budgets that it counts in have left. 0 where it counts in none.
Reservation assumed(const Planned& run, const Standing& standing, const CommandContext& context, const Facts& facts) {
  auto reservation = most_of_answer(tokens_assumed, run, standing, context, facts)
                         .value_or(Reservation{cost_assumed_nano, standing.workspace.currency, standing.project, standing.provider});
  bool counts = false;
  for (const auto& budget : budgets_of(standing, facts)) {
    if (budget.currency != reservation.currency) continue;
    counts = true;
    reservation.cost_nano = std::min(reservation.cost_nano, left_of(budget, context.now, facts));
  }
  if (!counts) reservation.cost_nano = 0;
  return reservation;
}

std::string scoped(std::string_view scope, std::string_view currency) { return std::string(scope) + ":" + std::string(currency); }

void count_spent(events::WorkspaceId workspace, const Spent& spent, std::int64_t sign, Effects& effects) {
  const auto delta = sign * spent.cost_nano;
  if (delta == 0) return;
  const auto ever = spent_in(spent.currency), month = spent_in(spent.currency, spent.ended);
  effects.count(ever, events::stream_of(workspace), delta);
  effects.count(month, events::stream_of(workspace), delta);
  if (spent.issue_id) effects.count(ever, events::stream_of(*spent.issue_id), delta);
  if (spent.project_id) effects.count(month, events::stream_of(*spent.project_id), delta);
  if (spent.provider_id) effects.count(month, events::stream_of(*spent.provider_id), delta);
}

void count_reserved(events::WorkspaceId workspace, const std::optional<events::IssueId>& issue, const Reservation& reserved, std::int64_t sign,
                    Effects& effects) {
  const auto delta = sign * reserved.cost_nano;
  if (delta == 0) return;
  const auto scope = reserved_in(reserved.currency);
  effects.count(scope, events::stream_of(workspace), delta);
  if (issue) effects.count(scope, events::stream_of(*issue), delta);
  if (reserved.project_id) effects.count(scope, events::stream_of(*reserved.project_id), delta);
  if (reserved.provider_id) effects.count(scope, events::stream_of(*reserved.provider_id), delta);
}

}  // namespace

std::string spent_in(std::string_view currency) { return scoped(scope::cost_spent, currency); }
std::string spent_in(std::string_view currency, text::Instant month_of) {
  constexpr std::size_t year_and_month = 7;  // of 2026-11-21
  return spent_in(currency) + ":" + text::date_of(month_of).text().substr(0, year_and_month);
}
std::string reserved_in(std::string_view currency) { return scoped(scope::cost_reserved, currency); }

std::optional<Rejection> refuse_over_budget(const Planned& run, const CommandContext& context, const Facts& facts) {
  for (const auto& budget : budgets_of(standing_of(run, context, facts), facts))
    if (left_of(budget, context.now, facts) <= 0) return used_up(budget, "is used up or held back for runs that go on.");
  return std::nullopt;
}

Result<Reservation> reserve(const Planned& run, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_over_budget(run, context, facts)) return *refused;
  const auto standing = standing_of(run, context, facts);
  const auto said = expected(run, standing, context, facts);
  if (!said) return assumed(run, standing, context, facts);
  for (const auto& budget : budgets_of(standing, facts))
    if (budget.currency == said->currency && left_of(budget, context.now, facts) < said->cost_nano)
      return used_up(budget, "has less left than this run may cost.");
  return *said;
}

void move_spent(events::WorkspaceId workspace, const std::optional<Spent>& before, const std::optional<Spent>& after, Effects& effects) {
  if (before) count_spent(workspace, *before, -1, effects);
  if (after) count_spent(workspace, *after, +1, effects);
}

void count_brought(events::WorkspaceId workspace, const Spent& spent, Effects& effects) { count_spent(workspace, spent, +1, effects); }

void hold_back(events::WorkspaceId workspace, const std::optional<events::IssueId>& issue, const Reservation& reserved, Effects& effects) {
  count_reserved(workspace, issue, reserved, +1, effects);
}

void give_back(events::WorkspaceId workspace, const std::optional<events::IssueId>& issue, const Reservation& reserved, Effects& effects) {
  count_reserved(workspace, issue, reserved, -1, effects);
}

}  // namespace daybook::domain::execution
