#include "projector/read_models/run_cost.hpp"

#include <set>

#include "events/core/fields.hpp"
#include "events/core/money.hpp"
#include "projector/read_models/made_id.hpp"

namespace daybook::projector {
namespace {

// What one run adds. One that never ran adds nothing, unless somebody said that it cost something.
RunFigures figures_of(const ExecutionRow& run) {
  RunFigures figures{};
  if (!run.priced_at || (!run.started_at && !run.token_usage && !run.cost)) return figures;
  figures.run_count = 1;
  if (!run.cost) figures.runs_without_cost = 1;
  else if (run.cost->nanos != 0) figures.costs.push_back({run.currency.value(), *run.cost});
  if (!run.token_usage) {
    figures.runs_without_usage = 1;
    return figures;
  }
  TokenSums tokens{};
  events::fields::for_each<TokenSums>(
      [&](auto member) { tokens.*member.pointer = events::fields::named<decltype(member)>(*run.token_usage).value_or(0); });
  if (tokens != TokenSums{}) figures.token_usage = tokens;
  return figures;
}

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

CostRow row_for(const ExecutionRow& run) {
  auto month = text::date_of(run.priced_at.value());
  month.day = 1;
  CostRow row{};
  row.workspace_id = run.workspace_id;
  row.month = month;
  row.issue_id = run.issue_id;
  if (!run.issue_id) row.project_id = run.project_id;
  row.agent_id = run.agent_id;
  row.ai_provider_id = run.priced_by;
  row.ai_provider = run.ai_provider;
  row.model = run.model;
  row.currency = run.currency.value();
  row.id = made_id(events::to_json(row));
  return row;
}

void add_to_row(const ExecutionRow& run, std::int64_t sign, StateStore& store) {
  const auto more = figures_of(run);
  if (more.run_count == 0) return;
  auto row = row_for(run);
  if (auto found = store.get<CostRow>(row.id.value)) row = std::move(*found);
  const auto grow_by = [sign](std::int64_t& figure, std::int64_t by) { figure = events::sum(figure, sign * by).value(); };
  for (const auto& amount : more.costs) grow_by(row.cost.nanos, amount.cost.nanos);
  const auto tokens = more.token_usage.value_or(TokenSums{});
  events::fields::for_each<TokenSums>([&](auto member) { grow_by(events::fields::named<decltype(member)>(row), tokens.*member.pointer); });
  grow_by(row.run_count, more.run_count);
  grow_by(row.runs_without_cost, more.runs_without_cost);
  grow_by(row.runs_without_usage, more.runs_without_usage);
  if (row.run_count == 0) store.erase<CostRow>(row.id.value);
  else store.put(row);
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

void move_run_costs(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store) {
  const bool stays = before.project_id == after.project_id && before.deleted_at.has_value() == after.deleted_at.has_value();
  if (stays || after.run_count == 0) return;
  if (!before.deleted_at) add_to_project(before.project_id, after, -1, e, store);
  if (!after.deleted_at) add_to_project(after.project_id, after, +1, e, store);
}

void move_run_costs(const ProjectRow& before, const ProjectRow& after, const events::Envelope& e, StateStore& store) {
  if (before.deleted_at.has_value() == after.deleted_at.has_value() || after.run_count == 0) return;
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
