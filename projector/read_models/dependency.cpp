#include "projector/read_models/dependency.hpp"

namespace daybook::projector {

template <>
const Table& table_of<DependencyRow>() {
  static const auto t = table<DependencyRow>(8, "dependencies", {{"by_issue", {"issue_id"}}}, {"issue_id", "depends_on_id", "workspace_id, created_at, id"});
  return t;
}

ReadModel dependencies() { return {{&table_of<DependencyRow>()}}; }

void apply_dependency(const events::issue::Event& event, const events::Envelope& e, StateStore& store) {
  if (const auto* added = std::get_if<events::issue::DependencyAdded>(&event)) {
    DependencyRow row{};
    row.id = added->dependency_id;
    row.depends_on_id = added->depends_on_id;
    row.dependency_type = added->dependency_type;
    row.workspace_id = e.workspace_id.value();
    row.issue_id = events::IssueId{e.stream_id.value};
    events::stamp_event(row, e);
    store.put(row);
  } else if (const auto* removed = std::get_if<events::issue::DependencyRemoved>(&event)) {
    store.erase<DependencyRow>(removed->dependency_id.value);
  }
}

}  // namespace daybook::projector
