#include "projector/read_models/sprint.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& sprints() {
  static const Resource resource{
      .what = "sprint",
      .title = "Sprint",
      .path = "sprints",
      .parameter = "sprint",
      .table = "sprints",
      .row = &events::type_info<projector::SprintRow>(),
      .stored = projector::table_of<projector::SprintRow>,
      .filters = {{"status", "status", "planning, active, completed, cancelled, several by commas."},
                  {"project", "project_id", "Of these projects."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"start_date", "name", "created_at", "updated_at", "ended_at"},
      .default_sort = "start_date",
      .containers = {{"project_id", projects}},
      .references = {{"project", "project_id", {{"", projects}}},
                     {"carried_to", "carried_to_id", {{"", sprints}}, "", true},
                     {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"issues", issues, "t.sprint_id = $parent"}, {"burndown", sprint_days, "t.sprint_id = $parent"}}};
  return resource;
}

// One row for each day on which something changed, oldest first: what a burndown is drawn from.
const Resource& sprint_days() {
  static const Resource resource{.what = "day",
                                 .title = "SprintDay",
                                 .table = "sprint_days",
                                 .row = &events::type_info<projector::SprintDayRow>(),
                                 .sorts = {"day"},
                                 .default_sort = "day",
                                 .containers = {{"sprint_id", sprints}}};
  return resource;
}

}  // namespace daybook::query
