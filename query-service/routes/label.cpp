#include "projector/read_models/label.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& labels() {
  static const Resource resource{.what = "label",
                                 .title = "Label",
                                 .path = "labels",
                                 .parameter = "label",
                                 .table = "labels",
                                 .row = &events::type_info<projector::LabelRow>(),
                                 .stored = projector::table_of<projector::LabelRow>,
                                 .filters = {{"name", "name", "Of exactly this name."}},
                                 .sorts = {"name", "created_at", "updated_at"},
                                 .default_sort = "name"};
  return resource;
}

}  // namespace daybook::query
