#include "projector/read_models/dependency.hpp"

namespace daybook::projector {

template <>
const Table& table_of<DependencyRow>() {
  static const auto t = table<DependencyRow>(8, "dependencies", {{"by_issue", {"issue_id"}}}, {"issue_id", "depends_on_id", "workspace_id, created_at, id", "((id::text))"});
  return t;
}

ReadModel dependencies() { return {{&table_of<DependencyRow>()}}; }

}  // namespace daybook::projector
