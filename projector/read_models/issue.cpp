#include "projector/read_models/issue.hpp"

#include "projector/read_models/dependency.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"
#include "projector/read_models/worked_time.hpp"

namespace daybook::projector {
namespace {

void apply_issue(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::issue::Event>(e);
  const auto [before, after] = fold_row<events::issue::State, IssueRow>(event, e, store);
  apply_label_link(event, e, store);
  apply_dependency(event, e, store);
  move_worked_time(before, after, e, store);
  const bool born = before.version.value == 0;
  if (born || before.title != after.title || before.description != after.description)
    put_search(e, {.issue = after.id}, after.title, after.description.value_or(""), store);
  note_activity(e, {"issue", after.id.value, after.project_id, after.id, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<IssueRow>() {
  static const auto t = table<IssueRow>(6, "issues", {{"by_identifier", {"workspace_id", "identifier"}}},
                                        {"workspace_id, number", "workspace_id, identifier", "workspace_id, updated_at, id", "workspace_id, created_at, id",
                                         "workspace_id, position, id", "workspace_id, title COLLATE \"C\", id", "workspace_id, status COLLATE \"C\", id",
                                         "workspace_id, priority COLLATE \"C\", id", "workspace_id, ((due_at IS NULL)::int), due_at, id",
                                         "workspace_id, ((due_at IS NOT NULL)::int), due_at, id", "project_id", "assignee_id", "parent_id"});
  return t;
}

ReadModel issues() { return {{&table_of<IssueRow>()}, events::StreamType::issue, apply_issue}; }

}  // namespace daybook::projector
