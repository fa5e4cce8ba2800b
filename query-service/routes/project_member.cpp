#include "projector/read_models/project_member.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Who is in which project. Whoever has left the workspace is not shown in its projects either.
const Resource& project_members() {
  static const Resource resource{
      .what = "project",
      .title = "ProjectMembership",
      .path = "project-members",
      .table = "project_members",
      .row = &events::type_info<projector::ProjectMemberRow>(),
      .stored = projector::table_of<projector::ProjectMemberRow>,
      .filters = {{"project", "project_id", "Of these projects."}, {"user", "user_id", "Of these users."}, {"role", "role", "member, admin."}},
      .sorts = {"joined_at", "created_at"},
      .default_sort = "joined_at",
      .containers = {{"project_id", projects}, {"user_id", members}},
      .references = {{"project", "project_id", {{"", projects}}}, {"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
