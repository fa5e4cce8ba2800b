#include "projector/read_models/watcher.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Who watches which issue. A member who has left watches nothing, and does again after joining again.
const Resource& watchers() {
  static const Resource resource{
      .what = "watcher",
      .title = "Watcher",
      .path = "watchers",
      .table = "issue_watchers",
      .row = &events::type_info<projector::WatcherRow>(),
      .filters = {{"issue", "issue_id", "Of these issues."},
                  {"user", "user_id", "These users."},
                  {"notify_on_update", "notify_on_update", "Whether they are told of changes."}},
      .sorts = {"created_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}, {"user_id", members}},
      .references = {{"issue", "issue_id", {{"", issues}}}, {"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
