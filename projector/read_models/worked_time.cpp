#include "projector/read_models/worked_time.hpp"

namespace daybook::projector {
namespace {

constexpr std::int64_t seconds_per_minute = 60, seconds_per_hour = 3600;
constexpr int hours_digits = 2;  // behind the point

std::int64_t worked(text::Uuid id, const StateStore& store) {
  const auto row = store.get<WorkedTimeRow>(id);
  return row ? row->seconds : 0;
}

std::int64_t add(text::Uuid id, std::int64_t seconds, const events::Envelope& e, StateStore& store) {
  WorkedTimeRow row{events::EntityId{id}, e.workspace_id.value(), worked(id, store) + seconds};
  store.put(row);
  return row.seconds;
}

// A derived figure changes what is shown, not what was said: the row's version stays.
template <class Row, class Figure>
void show(Row row, Figure Row::*figure, Figure value, const events::Envelope& e, StateStore& store) {
  if (row.*figure == value) return;
  row.*figure = value;
  row.changed = e.position;
  store.put(row);
}

void add_to_project(const std::optional<events::ProjectId>& project, std::int64_t seconds, const events::Envelope& e, StateStore& store) {
  if (!project || seconds == 0) return;
  const auto sum = add(project->value, seconds, e, store);
  if (auto row = store.get<ProjectRow>(project->value))
    show(std::move(*row), &ProjectRow::actual_hours, events::quotient(sum, seconds_per_hour, hours_digits), e, store);
}

// In which project an issue's time counts.
std::optional<events::ProjectId> counted_in(const IssueRow& issue) {
  return issue.deleted_at ? std::nullopt : issue.project_id;
}

}  // namespace

template <>
const Table& table_of<WorkedTimeRow>() {
  static const auto t = without_versions(table<WorkedTimeRow>(34, "worked_time", {}, {}));
  return t;
}

ReadModel worked_time() { return {{&table_of<WorkedTimeRow>()}}; }

void add_worked_time(events::IssueId id, std::int64_t seconds, const events::Envelope& e, StateStore& store) {
  if (seconds == 0) return;
  const auto sum = add(id.value, seconds, e, store);
  const auto issue = store.get<IssueRow>(id.value);
  if (!issue) return;
  show(*issue, &IssueRow::actual_minutes, sum / seconds_per_minute, e, store);
  add_to_project(counted_in(*issue), seconds, e, store);
}

void add_worked_time(events::ProjectId id, std::int64_t seconds, const events::Envelope& e, StateStore& store) {
  add_to_project(id, seconds, e, store);
}

void move_worked_time(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store) {
  const auto from = counted_in(before), to = counted_in(after);
  if (from == to) return;
  const auto seconds = worked(after.id.value, store);
  add_to_project(from, -seconds, e, store);
  add_to_project(to, seconds, e, store);
}

}  // namespace daybook::projector
