#include "projector/read_models/project_member.hpp"

namespace daybook::projector {

// Both are asked for by project and user: whether a caller may know of a private project, and whether it is theirs to star.
template <>
const Table& table_of<ProjectMemberRow>() {
  static const auto t = table<ProjectMemberRow>(16, "project_members", {{"by_user", {"project_id", "user_id"}}},
                                                {"project_id, user_id", "workspace_id, joined_at, id", "workspace_id, created_at, id", "user_id",
                                                 "(read_models.number_of(id, born, 17))"});
  return t;
}

template <>
const Table& table_of<ProjectStarRow>() {
  static const auto t = table<ProjectStarRow>(17, "project_stars", {{"by_user", {"project_id", "user_id"}}}, {"project_id, user_id", "user_id"});
  return t;
}

ReadModel project_members() { return {{&table_of<ProjectMemberRow>()}}; }
ReadModel project_stars() { return {{&table_of<ProjectStarRow>()}}; }

}  // namespace daybook::projector
