// Commands about a project, its members and stars.
#include "command-service/domain/project/project.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using ProjectState = events::project::State;

// By the member's user, which is their address, or by the membership's own id.
const events::project::ProjectMember* member(const ProjectState& project, text::Uuid id) {
  return events::find_in(project.members, [&](const auto& m) { return m.user_id.value == id || m.id.value == id; });
}
std::string user_of_member(const void* state, text::Uuid id) {
  const auto* found = member(*static_cast<const ProjectState*>(state), id);
  return found ? found->user_id.text() : id.text();
}

}  // namespace

std::vector<Command> project_commands() {
  using namespace domain::project;
  using domain::Project;
  const auto the_project = by_address<domain::find_project>("project");
  const auto view = fields_of<ProjectState, events::project::Fields>();
  auto member_view = part_of<ProjectState, member>();
  member_view.address = user_of_member;
  return {
      creates<Project, Create>({"POST /projects"}, view),
      changes<Project, Change>(the_project, {"PATCH /projects/{project}"}, view),
      removes<Project, Delete>(the_project, {"DELETE /projects/{project}"}, view),
      changes<Project, Restore>(the_project, {"POST /projects/{project}/restore"}, view),
      changes<Project, Archive>(the_project, {"POST /projects/{project}/archive"}, view),
      changes<Project, Unarchive>(the_project, {"POST /projects/{project}/unarchive"}, view),

      changes<Project, Star>(the_project, {"POST /projects/{project}/star"}, view),
      removes<Project, Unstar>(the_project, {"DELETE /projects/{project}/star"}, view),
      adds<Project, AddMember>(the_project, {"POST /projects/{project}/members"}, member_view),
      removes<Project, RemoveMember>(the_project, {"DELETE /projects/{project}/members/{user}"}, view),
  };
}

}  // namespace daybook::routes
