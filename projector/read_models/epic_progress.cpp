#include "projector/read_models/epic_progress.hpp"

#include "projector/read_models/made_id.hpp"

namespace daybook::projector {
namespace {

// What one issue adds to its epic's figures: one, in its project, done or not.
struct Contribution {
  events::IssueId epic{};
  std::optional<events::ProjectId> project;
  bool done = false;
  bool operator==(const Contribution&) const = default;
};

std::optional<Contribution> contribution_of(const IssueRow& issue) {
  if (issue.version.value == 0 || issue.deleted_at || !issue.epic_id) return std::nullopt;
  return Contribution{*issue.epic_id, issue.project_id, issue.status == events::issue::Status::done};
}

events::EntityId row_id(const Contribution& to) { return made_id(to.epic.text() + (to.project ? to.project->text() : "")); }

void add(const Contribution& to, events::WorkspaceId workspace, std::int64_t sign, StateStore& store) {
  const auto id = row_id(to);
  auto row = store.get<EpicProgressRow>(id.value).value_or(EpicProgressRow{id, workspace, to.epic, to.project, 0, 0});
  row.issues_total += sign;
  if (to.done) row.issues_done += sign;
  if (row.issues_total == 0) store.erase<EpicProgressRow>(id.value);
  else store.put(row);
}

}  // namespace

template <>
const Table& table_of<EpicProgressRow>() {
  static const auto t = without_versions(
      table<EpicProgressRow>(22, "epic_progress", {}, {"epic_id", "project_id", "workspace_id, epic_id, id", "workspace_id, issues_total, id", "workspace_id, issues_done, id"}));
  return t;
}

ReadModel epic_progress() { return {{&table_of<EpicProgressRow>()}}; }

void move_epic_progress(const IssueRow& before, const IssueRow& after, StateStore& store) {
  const auto was = contribution_of(before), is = contribution_of(after);
  if (was == is) return;
  if (was) add(*was, after.workspace_id, -1, store);
  if (is) add(*is, after.workspace_id, +1, store);
}

}  // namespace daybook::projector
