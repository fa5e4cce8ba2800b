#include "projector/read_models/project.hpp"
#include "projector/read_models/project_member.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// As a caller reads it.
struct ProjectRow : projector::ProjectRow {
  bool is_favorite = false;  // they have a star on it
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (projector::ProjectRow), (is_favorite))

// Nobody lists them: a star is its owner's affair.
const Resource& project_stars() {
  static const Resource resource{.what = "star",
                                 .title = "ProjectStar",
                                 .table = "project_stars",
                                 .row = &events::type_info<projector::ProjectStarRow>(),
                                 .stored = projector::table_of<projector::ProjectStarRow>};
  return resource;
}

}  // namespace

const Resource& projects() {
  static const Resource resource{
      .what = "project",
      .title = "Project",
      .path = "projects",
      .parameter = "project",
      .table = "projects",
      .row = &events::type_info<ProjectRow>(),
      .stored = projector::table_of<projector::ProjectRow>,
      .filters = {{"status", "status", "planning, active, on_hold, completed, cancelled, several by commas."},
                  {"owner", "owner_id", "Owned by these users; none for unowned."},
                  {"template", "template_id", "Made of these templates; none for those made of none."},
                  {"visibility", "visibility", "workspace, private."},
                  {"archived", "is_archived", "Whether it is archived."},
                  {"favorite", "is_favorite", "Whether the caller has a star on it."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "key", "created_at", "updated_at", "start_date", "end_date"},
      .default_sort = "name",
      .containers = {of_owner("owner_id")},
      .privacy = Privacy{"visibility", "private", "owner_id", {project_members, "project_id", "user_id"}},
      .mine = {{"is_favorite", {project_stars, "project_id", "user_id"}}},
      .references = {{"owner", "owner_id", {{"", people}}},
                     {"template", "template_id", {{"", templates}}, "", true},
                     {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"activity", activity, "t.project_id = $parent"},
                   {"documents", documents, "t.project_id = $parent"},
                   {"executions", executions,
                    "t.project_id = $parent OR t.issue_id IN (SELECT i.id FROM $schema.issues i WHERE i.project_id = $parent)"},
                   {"automations", automations, "t.project_id = $parent"},
                   {"webhooks", webhooks, "t.project_id = $parent"},
                   {"sprints", sprints, "t.project_id = $parent"},
                   {"velocity", sprints, "t.project_id = $parent AND t.status = 'completed'"},
                   {"members", project_members, "t.project_id = $parent"}},
      .short_column = "key",
      .former_kind = "project"};
  return resource;
}

}  // namespace daybook::query
