#include "projector/read_models/workflow.hpp"

#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void keep_version(const WorkflowRow& workflow, const events::Envelope& e, StateStore& store) {
  auto version = revision_of<WorkflowVersionRow, &WorkflowVersionRow::workflow_id>(workflow, e);
  version.workflow_id = workflow.id;
  store.insert(version);
}

void apply_workflow(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::workflow::Event>(e);
  const auto [before, after] = fold_row<events::workflow::State, WorkflowRow>(event, e, store);
  const bool revised = before.revision != after.revision;
  if (revised) keep_version(after, e, store);
  if (revised || before.deleted_at != after.deleted_at) put_search(e, {.deleted_at = after.deleted_at}, after.name, words_together({after.description}), store);
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"workflow", after.id.value, {}, {}, differences(before, after), details}, store);
}

}  // namespace

template <>
const Table& table_of<WorkflowRow>() {
  static const auto t = table<WorkflowRow>(76, "workflows", {{"by_workspace", {"workspace_id"}}},
                                           {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                            "created_by_id", "((id::text))"});
  return t;
}

ReadModel workflows() { return {{&table_of<WorkflowRow>()}, events::StreamType::workflow, apply_workflow}; }

template <>
const Table& table_of<WorkflowVersionRow>() {
  static const auto t =
      never_changed(table<WorkflowVersionRow>(77, "workflow_versions", {}, {"workflow_id, revision", "workspace_id, revision, id"}));
  return t;
}

ReadModel workflow_versions() { return {{&table_of<WorkflowVersionRow>()}}; }

}  // namespace daybook::projector
