#include "projector/read_models/label.hpp"

namespace daybook::projector {

template <>
const Table& table_of<LabelRow>() {
  static const auto t = table<LabelRow>(4, "labels", {{"by_workspace", {"workspace_id"}}},
                                        {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                         "((id::text))"});
  return t;
}

ReadModel labels() { return {{&table_of<LabelRow>()}}; }

}  // namespace daybook::projector
