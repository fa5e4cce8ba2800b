#include "projector/read_models/activity.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// What happened, one row an event. What is said of a deleted thing itself stays; what is said of things in it is hidden, and
// everything that is said of what belonged alone to somebody who is deleted.
const Resource& activity() {
  static const Resource resource{.what = "activity",
                                 .title = "ActivityEntry",
                                 .path = "activity",
                                 .table = "activity",
                                 .row = &events::type_info<projector::ActivityRow>(),
                                 .filters = {{"type", "type", "Of exactly this event type."},
                                             {"entity_type", "entity_type", "About things of this kind."},
                                             {"entity", "entity_id", "About these things."},
                                             {"actor", "actor_id", "By these."},
                                             {"project", "project_id", "In these projects."},
                                             {"issue", "issue_id", "On these issues."},
                                             created_after,
                                             created_before},
                                 .sorts = {"position"},
                                 .default_sort = "-position",
                                 .containers = {{"project_id", projects, "entity_id"}, {"issue_id", issues, "entity_id"}, of_owner("owner_id")},
                                 .references = {{"actor", "actor_id", principals(), "actor_type"},
                                                {"project", "project_id", {{"", projects}}},
                                                {"issue", "issue_id", {{"", issues}}}}};
  return resource;
}

}  // namespace daybook::query
