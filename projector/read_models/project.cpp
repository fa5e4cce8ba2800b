#include "projector/read_models/project.hpp"

#include "projector/read_models/former_address.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_project(const events::Envelope& e, StateStore& store) {
  const auto row = fold_row<events::project::State, ProjectRow>(read_event<events::project::Event>(e), e, store);
  note_former_address("project", row.before.key, row.after.key, e, store);
  note_activity(e, {"project", row.after.id.value, row.after.id, {}, differences(row.before, row.after)}, store);
}

}  // namespace

template <>
const Table& table_of<ProjectRow>() {
  static const auto t = table<ProjectRow>(5, "projects", {{"by_workspace", {"workspace_id"}}, {"by_key", {"workspace_id", "key"}, true}},
                                          {"workspace_id, key COLLATE \"C\", id", "workspace_id, key", "workspace_id, name COLLATE \"C\", id",
                                           "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}

ReadModel projects() { return {{&table_of<ProjectRow>()}, events::StreamType::project, apply_project}; }

}  // namespace daybook::projector
