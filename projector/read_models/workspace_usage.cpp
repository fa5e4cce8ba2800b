#include "projector/read_models/workspace_usage.hpp"

#include <map>

#include "projector/read_models/workspace.hpp"

namespace daybook::projector {
namespace {

struct Counting {
  std::int64_t WorkspaceUsageRow::*count;
  std::int64_t delta;
};

// By event type.
const std::map<std::string_view, Counting> counted_events{
    {"agent.registered", {&WorkspaceUsageRow::agents, +1}},      {"agent.retired", {&WorkspaceUsageRow::agents, -1}},
    {"agent.restored", {&WorkspaceUsageRow::agents, +1}},        {"workflow.defined", {&WorkspaceUsageRow::workflows, +1}},
    {"workflow.deleted", {&WorkspaceUsageRow::workflows, -1}},   {"workflow.restored", {&WorkspaceUsageRow::workflows, +1}},
    {"execution.requested", {&WorkspaceUsageRow::executions, +1}},
};

void show_usage(const WorkspaceUsageRow& usage, const events::Envelope& e, StateStore& store) {
  auto row = store.get<WorkspaceRow>(usage.id.value);
  if (!row) return;
  row->usage = {usage.agents, usage.workflows, usage.executions, usage.month};
  row->changed = e.position;
  store.put(*row);
}

// In which a request counts: when it was recorded, or, of a run that is brought in, when it was requested there.
std::string month_of(const events::Envelope& e) {
  return text::date_of(events::is_of_database(e) ? e.occurred_at : e.recorded_at).text().substr(0, 7);
}

}  // namespace

template <>
const Table& table_of<WorkspaceUsageRow>() {
  static const auto t = without_versions(table<WorkspaceUsageRow>(75, "workspace_usage", {}, {}));
  return t;
}

ReadModel workspace_usage() { return {{&table_of<WorkspaceUsageRow>()}}; }

void note_workspace_usage(const events::Envelope& e, StateStore& store) {
  const auto counting = counted_events.find(e.type);
  if (counting == counted_events.end() || !e.workspace_id) return;
  auto row = store.get<WorkspaceUsageRow>(e.workspace_id->value).value_or(WorkspaceUsageRow{*e.workspace_id, 0, 0, 0, {}});
  const auto& [count, delta] = counting->second;
  if (count == &WorkspaceUsageRow::executions) {
    const auto month = month_of(e);
    if (month < row.month) return;  // one that is over
    if (month > row.month) row.executions = 0;
    row.month = month;
  }
  row.*count += delta;
  store.put(row);
  show_usage(row, e, store);
}

}  // namespace daybook::projector
