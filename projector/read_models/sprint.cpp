#include "projector/read_models/sprint.hpp"

#include "projector/read_models/made_id.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

// What an issue counts in its sprint. A deleted one counts nowhere.
struct Counted {
  std::optional<events::SprintId> sprint;
  std::int64_t issues = 0, points = 0, done = 0;
  bool operator==(const Counted&) const = default;
};

Counted counted(const IssueRow& issue) {
  if (!issue.sprint_id || issue.deleted_at) return {};
  const auto points = issue.story_points.value_or(0);
  return {issue.sprint_id, 1, points, issue.status == events::issue::Status::done ? points : 0};
}

void note_day(const SprintRow& sprint, const events::Envelope& e, StateStore& store) {
  const auto day = text::date_of(e.occurred_at);
  store.put(SprintDayRow{made_id(sprint.id.text() + day.text()), sprint.workspace_id, sprint.id, day, sprint.points, sprint.done_points,
                         sprint.points - sprint.done_points});
}

void add(const Counted& counted, std::int64_t sign, const events::Envelope& e, StateStore& store) {
  if (!counted.sprint) return;
  auto row = store.get<SprintRow>(counted.sprint->value);
  if (!row) return;
  row->issue_count += sign * counted.issues;
  row->points += sign * counted.points;
  row->done_points += sign * counted.done;
  row->changed = e.position;
  store.put(*row);
  note_day(*row, e, store);
}

// What is unfinished goes where the event says; no event of the issues does so.
void carry_over(const std::optional<events::SprintId>& to, const std::vector<IssueRow>& issues,
                const events::Envelope& e, StateStore& store) {
  for (const auto& before : issues) {
    if (events::issue::is_finished(before.status)) continue;
    auto after = before;
    after.sprint_id = to;
    after.changed = e.position;
    store.put(after);
    count_in_sprints(before, after, e, store);
  }
}

// The velocity is fixed before anything leaves.
void end_sprint(events::SprintId id, const std::optional<events::SprintId>& to, bool completed, const events::Envelope& e, StateStore& store) {
  const auto issues = store.each<IssueRow>("by_sprint", index_part(id.value));
  if (completed) {
    std::int64_t velocity = 0;
    for (const auto& issue : issues) velocity += counted(issue).done;
    auto row = store.get<SprintRow>(id.value).value();
    row.velocity = row.velocity.value_or(0) + velocity;
    store.put(row);
  }
  carry_over(to, issues, e, store);
}

void bring_velocity(const events::sprint::BroughtForward& brought, const events::Envelope& e, StateStore& store) {
  if (!brought.velocity) return;
  auto row = store.get<SprintRow>(e.stream_id.value).value();
  row.velocity = row.velocity.value_or(0) + *brought.velocity;
  store.put(row);
}

void apply_sprint(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::sprint::Event>(e);
  const auto [before, after] = fold_row<events::sprint::State, SprintRow>(event, e, store);
  if (const auto* completed = std::get_if<events::sprint::Completed>(&event)) end_sprint(after.id, completed->carried_to_id, true, e, store);
  if (std::holds_alternative<events::sprint::Cancelled>(event)) end_sprint(after.id, std::nullopt, false, e, store);
  if (const auto* brought = std::get_if<events::sprint::BroughtForward>(&event)) bring_velocity(*brought, e, store);
  const bool same = before.version.value > 0 && before.name == after.name && before.goal == after.goal && before.status == after.status &&
                    before.deleted_at == after.deleted_at;
  const SearchMetadata metadata{.status = std::string(events::word_of(after.status)), .project_id = after.project_id};
  if (!same) put_search(e, {.project = after.project_id, .deleted_at = after.deleted_at, .metadata = metadata}, after.name, after.goal.value_or(""), store);
  if (std::holds_alternative<events::sprint::Started>(event)) note_day(after, e, store);
  note_activity(e, {"sprint", after.id.value, after.project_id, {}, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<SprintRow>() {
  static const auto t = table<SprintRow>(25, "sprints", {{"by_project", {"project_id"}}},
                                         {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                          "workspace_id, ((start_date IS NULL)::int), start_date, id",
                                          "workspace_id, ((start_date IS NOT NULL)::int), start_date, id",
                                          "workspace_id, ((ended_at IS NULL)::int), ended_at, id",
                                          "workspace_id, ((ended_at IS NOT NULL)::int), ended_at, id", "project_id",
                                          "(read_models.number_of(id, born, 54))"});
  return t;
}
template <>
const Table& table_of<SprintDayRow>() {
  static const auto t = without_versions(table<SprintDayRow>(26, "sprint_days", {}, {"workspace_id, day, id", "sprint_id, day"}));
  return t;
}

ReadModel sprints() { return {{&table_of<SprintRow>(), &table_of<SprintDayRow>()}, events::StreamType::sprint, apply_sprint}; }

void count_in_sprints(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store) {
  const auto was = counted(before), is = counted(after);
  if (was == is) return;
  add(was, -1, e, store);
  add(is, +1, e, store);
}

}  // namespace daybook::projector
