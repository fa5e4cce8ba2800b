#include "projector/read_models/run_cost.hpp"

#include <set>

#include "events/core/fields.hpp"
#include "events/core/money.hpp"
#include "projector/read_models/made_id.hpp"

namespace daybook::projector {
namespace {

std::optional<TokenSums> sums_of(const events::execution::Usage& usage) {
  TokenSums tokens{};
  events::fields::for_each<TokenSums>([&](auto member) { tokens.*member.pointer = events::fields::named<decltype(member)>(usage).value_or(0); });
  return tokens == TokenSums{} ? std::nullopt : std::optional(tokens);
}

// What one run adds. One that never ran adds nothing, unless somebody said that it cost something.
RunFigures figures_of(const ExecutionRow& run) {
  RunFigures figures{};
  if (!run.priced_at || (!run.started_at && !run.token_usage && !run.cost)) return figures;
  figures.run_count = 1;
  if (!run.cost) figures.runs_without_cost = 1;
  else if (run.cost->nanos != 0) figures.costs.push_back({run.currency.value(), *run.cost});
  if (run.token_usage) figures.token_usage = sums_of(*run.token_usage);
  else figures.runs_without_usage = 1;
  return figures;
}

// What was spent elsewhere is no run, so that it adds to no number of runs.
template <class Brought>
RunFigures figures_brought(const Brought& brought) {
  RunFigures figures{};
  if (brought.cost && brought.currency && brought.cost->nanos != 0) figures.costs.push_back({*brought.currency, *brought.cost});
  if constexpr (requires { brought.token_usage; })
    if (brought.token_usage) figures.token_usage = sums_of(*brought.token_usage);
  return figures;
}

bool is_nothing(const RunFigures& figures) { return figures == RunFigures{}; }

// ---- along the containers -----------------------------------------------------------------------------------------

std::optional<WorkspaceRow> workspace_of(const events::Envelope& e, const StateStore& store) { return store.get<WorkspaceRow>(e.workspace_id.value().value); }

// A derived figure changes what is shown, not what was said: the row's version stays.
template <class Row>
void grow(Row row, events::Decimal Row::*total, const RunFigures& more, std::int64_t sign, const events::Envelope& e, StateStore& store) {
  add(row, more, sign);
  if (const auto workspace = workspace_of(e, store)) row.*total = amount_in(row, workspace->currency);
  row.changed = e.position;
  store.put(row);
}

void add_to_workspace(const RunFigures& more, std::int64_t sign, const events::Envelope& e, StateStore& store) {
  if (auto row = workspace_of(e, store)) grow(std::move(*row), &WorkspaceRow::total_cost, more, sign, e, store);
}

// And from there on, as far as it counts.
void add_to_project(const std::optional<events::ProjectId>& id, const RunFigures& more, std::int64_t sign, const events::Envelope& e, StateStore& store) {
  if (!id) return add_to_workspace(more, sign, e, store);
  auto row = store.get<ProjectRow>(id->value);
  if (!row) return;
  const bool counts = !row->deleted_at;
  grow(std::move(*row), &ProjectRow::total_cost, more, sign, e, store);
  if (counts) add_to_workspace(more, sign, e, store);
}

void add_to_issue(events::IssueId id, const RunFigures& more, const events::Envelope& e, StateStore& store) {
  auto row = store.get<IssueRow>(id.value);
  if (!row) return;
  const bool counts = !row->deleted_at;
  const auto project = row->project_id;
  grow(std::move(*row), &IssueRow::actual_cost, more, +1, e, store);
  if (counts) add_to_project(project, more, +1, e, store);
}

template <class Row>
void show_in(const std::string& currency, Row row, events::Decimal Row::*total, const events::Envelope& e, StateStore& store) {
  const auto shown = amount_in(row, currency);
  if (row.*total == shown) return;
  row.*total = shown;
  row.changed = e.position;
  store.put(row);
}

// ---- by month, issue, agent and model -------------------------------------------------------------------------------

CostRow row_for(events::WorkspaceId workspace, text::Instant spent_at, std::string currency) {
  CostRow row{};
  row.workspace_id = workspace;
  row.month = text::date_of(spent_at);
  row.month.day = 1;
  row.currency = std::move(currency);
  return row;
}

CostRow row_for(const ExecutionRow& run) {
  auto row = row_for(run.workspace_id, run.priced_at.value(), run.currency.value_or(""));
  row.issue_id = run.issue_id;
  if (!run.issue_id) row.project_id = run.project_id;
  row.agent_id = run.agent_id;
  row.ai_provider_id = run.priced_by;
  row.ai_provider = run.ai_provider;
  row.model = run.model;
  return row;
}

bool says_nothing(const CostRow& row) {
  bool tokens = false;
  events::fields::for_each<TokenSums>([&](auto member) { tokens = tokens || events::fields::named<decltype(member)>(row) != 0; });
  return row.run_count == 0 && row.cost.nanos == 0 && !tokens;
}

// The row as it is named so far, without figures.
void add_to_row(CostRow row, const RunFigures& more, std::int64_t sign, StateStore& store) {
  row.id = made_id(events::to_json(row));
  if (auto found = store.get<CostRow>(row.id.value)) row = std::move(*found);
  const auto grow_by = [sign](std::int64_t& figure, std::int64_t by) { figure = events::sum(figure, sign * by).value(); };
  for (const auto& amount : more.costs) grow_by(row.cost.nanos, amount.cost.nanos);
  const auto tokens = more.token_usage.value_or(TokenSums{});
  events::fields::for_each<TokenSums>([&](auto member) { grow_by(events::fields::named<decltype(member)>(row), tokens.*member.pointer); });
  grow_by(row.run_count, more.run_count);
  grow_by(row.runs_without_cost, more.runs_without_cost);
  grow_by(row.runs_without_usage, more.runs_without_usage);
  if (says_nothing(row)) store.erase<CostRow>(row.id.value);
  else store.put(row);
}

void add_to_row(const ExecutionRow& run, std::int64_t sign, StateStore& store) {
  const auto more = figures_of(run);
  if (more.run_count != 0) add_to_row(row_for(run), more, sign, store);
}

// Without a word about it, in the currency that is shown.
std::string currency_of(const std::optional<std::string>& told, const events::Envelope& e, const StateStore& store) {
  const auto workspace = workspace_of(e, store);
  return told.value_or(workspace ? workspace->currency : "");
}

}  // namespace

template <>
const Table& table_of<CostRow>() {
  static const auto t = without_versions(table<CostRow>(60, "costs", {{"by_workspace", {"workspace_id"}}}, {"workspace_id, month, id", "issue_id", "project_id", "ai_provider_id, month"}));
  return t;
}

ReadModel run_costs() { return {{&table_of<CostRow>()}}; }

void count_run(const ExecutionRow& before, const ExecutionRow& after, const events::Envelope& e, StateStore& store) {
  const auto was = figures_of(before);
  auto more = figures_of(after);
  add(more, was, -1);
  if (more == RunFigures{} && before.currency == after.currency && before.priced_by == after.priced_by) return;
  add_to_row(before, -1, store);
  add_to_row(after, +1, store);
  if (more == RunFigures{}) return;
  if (after.agent_id)
    if (auto agent = store.get<AgentRow>(after.agent_id->value)) grow(std::move(*agent), &AgentRow::total_cost, more, +1, e, store);
  if (after.issue_id) add_to_issue(*after.issue_id, more, e, store);
  else add_to_project(after.project_id, more, +1, e, store);
}

void bring_costs(const events::issue::BroughtForward& brought, const events::Envelope& e, StateStore& store) {
  const auto more = figures_brought(brought);
  if (is_nothing(more)) return;
  const events::IssueId issue{e.stream_id.value};
  auto row = row_for(e.workspace_id.value(), e.occurred_at, currency_of(brought.currency, e, store));
  row.issue_id = issue;
  add_to_row(std::move(row), more, +1, store);
  add_to_issue(issue, more, e, store);
}

void bring_costs(const events::project::BroughtForward& brought, const events::Envelope& e, StateStore& store) {
  const auto more = figures_brought(brought);
  if (is_nothing(more)) return;
  const events::ProjectId project{e.stream_id.value};
  auto row = row_for(e.workspace_id.value(), e.occurred_at, currency_of(brought.currency, e, store));
  row.project_id = project;
  add_to_row(std::move(row), more, +1, store);
  add_to_project(project, more, +1, e, store);
}

void bring_spending(const AiProviderRow& config, events::Decimal spent, const events::Envelope& e, StateStore& store) {
  if (spent.nanos == 0) return;
  RunFigures more{};
  more.costs.push_back({config.currency, spent});
  auto row = row_for(e.workspace_id.value(), e.recorded_at, config.currency);
  row.ai_provider_id = config.id;
  row.ai_provider = config.provider;
  add_to_row(std::move(row), more, +1, store);
  add_to_workspace(more, +1, e, store);
}

void move_run_costs(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store) {
  const bool stays = before.project_id == after.project_id && before.deleted_at.has_value() == after.deleted_at.has_value();
  if (stays || is_nothing(after)) return;
  if (!before.deleted_at) add_to_project(before.project_id, after, -1, e, store);
  if (!after.deleted_at) add_to_project(after.project_id, after, +1, e, store);
}

void move_run_costs(const ProjectRow& before, const ProjectRow& after, const events::Envelope& e, StateStore& store) {
  if (before.deleted_at.has_value() == after.deleted_at.has_value() || is_nothing(after)) return;
  add_to_workspace(after, after.deleted_at ? -1 : +1, e, store);
}

// Issues are many, so only those are looked at that have costs.
void show_run_costs(const WorkspaceRow& before, const WorkspaceRow& after, const events::Envelope& e, StateStore& store) {
  if (before.version.value == 0 || before.currency == after.currency) return;
  const auto of_workspace = index_part(after.id.value);
  std::set<events::IssueId> issues;
  for (const auto& row : store.each<CostRow>("by_workspace", of_workspace))
    if (row.issue_id) issues.insert(*row.issue_id);
  for (const auto id : issues)
    if (auto row = store.get<IssueRow>(id.value)) show_in(after.currency, std::move(*row), &IssueRow::actual_cost, e, store);
  for (auto& row : store.each<ProjectRow>("by_workspace", of_workspace)) show_in(after.currency, std::move(row), &ProjectRow::total_cost, e, store);
  for (auto& row : store.each<AgentRow>("by_workspace", of_workspace)) show_in(after.currency, std::move(row), &AgentRow::total_cost, e, store);
  show_in(after.currency, after, &WorkspaceRow::total_cost, e, store);
}

}  // namespace daybook::projector
