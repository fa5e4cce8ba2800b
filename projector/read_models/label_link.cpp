#include "projector/read_models/label_link.hpp"

namespace daybook::projector {

template <>
const Table& table_of<IssueLabelRow>() {
  static const auto t = table<IssueLabelRow>(7, "issue_labels", {{"by_issue", {"issue_id"}}}, {"issue_id", "label_id", "workspace_id, created_at, id", "((id::text))"});
  return t;
}

ReadModel label_links() { return {{&table_of<IssueLabelRow>()}}; }

}  // namespace daybook::projector
