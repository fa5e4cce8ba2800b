#include "projector/read_models/epic_progress.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// One row for each project that issues of an epic lie in, so that what is hidden is left out; their sums are the epic's figures.
const Resource& epic_progress() {
  static const Resource resource{
      .what = "epic figure",
      .title = "EpicFigure",
      .path = "epic-progress",
      .table = "epic_progress",
      .row = &events::type_info<projector::EpicProgressRow>(),
      .filters = {{"epic", "epic_id", "Of these epics."}, {"project", "project_id", "In these projects; none for what lies in none."}},
      .sorts = {"issues_total", "issues_done"},
      .default_sort = "-issues_total",
      .containers = {{"epic_id", issues}, {"project_id", projects}},
      .references = {{"epic", "epic_id", {{"", issues}}}, {"project", "project_id", {{"", projects}}}}};
  return resource;
}

}  // namespace daybook::query
