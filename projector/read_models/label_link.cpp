#include "projector/read_models/label_link.hpp"

namespace daybook::projector {

template <>
const Table& table_of<IssueLabelRow>() {
  static const auto t = table<IssueLabelRow>(7, "issue_labels", {{"by_issue", {"issue_id"}}}, {"issue_id", "label_id", "workspace_id, created_at, id"});
  return t;
}

ReadModel label_links() { return {{&table_of<IssueLabelRow>()}}; }

void apply_label_link(const events::issue::Event& event, const events::Envelope& e, StateStore& store) {
  if (const auto* attached = std::get_if<events::issue::LabelAttached>(&event)) {
    IssueLabelRow row{};
    row.id = attached->link_id;
    row.label_id = attached->label_id;
    row.workspace_id = e.workspace_id.value();
    row.issue_id = events::IssueId{e.stream_id.value};
    events::stamp_event(row, e);
    store.put(row);
  } else if (const auto* detached = std::get_if<events::issue::LabelDetached>(&event)) {
    store.erase<IssueLabelRow>(detached->link_id.value);
  }
}

}  // namespace daybook::projector
