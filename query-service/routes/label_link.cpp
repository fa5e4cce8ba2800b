#include "projector/read_models/label_link.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Which issue carries which label.
const Resource& label_links() {
  static const Resource resource{
      .what = "label",
      .title = "LabelLink",
      .path = "issue-labels",
      .table = "issue_labels",
      .row = &events::type_info<projector::IssueLabelRow>(),
      .filters = {{"issue", "issue_id", "On these issues."}, {"label_id", "label_id", "Of these labels."}},
      .sorts = {"created_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}, {"label_id", labels}},
      .references = {{"issue", "issue_id", {{"", issues}}}, {"label", "label_id", {{"", labels}}}}};
  return resource;
}

}  // namespace daybook::query
