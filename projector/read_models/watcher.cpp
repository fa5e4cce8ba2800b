#include "projector/read_models/watcher.hpp"

namespace daybook::projector {

template <>
const Table& table_of<WatcherRow>() {
  static const auto t = table<WatcherRow>(20, "issue_watchers", {{"by_issue", {"issue_id"}}}, {"issue_id", "user_id", "workspace_id, created_at, id",
                                           "(read_models.number_of(id, born, 18))"});
  return t;
}

ReadModel watchers() { return {{&table_of<WatcherRow>()}}; }

}  // namespace daybook::projector
