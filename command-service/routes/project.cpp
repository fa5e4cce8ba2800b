// Commands about a project.
#include "command-service/domain/project/project.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> project_commands() {
  using namespace domain::project;
  using domain::Project;
  const auto the_project = by_address<domain::find_project>("project");
  const auto view = fields_of<State>();
  return {
      creates<Project, Create>({"POST /projects"}, view),
      changes<Project, Change>(the_project, {"PATCH /projects/{project}"}, view),
      removes<Project, Delete>(the_project, {"DELETE /projects/{project}"}, view),
      changes<Project, Restore>(the_project, {"POST /projects/{project}/restore"}, view),
      changes<Project, Archive>(the_project, {"POST /projects/{project}/archive"}, view),
      changes<Project, Unarchive>(the_project, {"POST /projects/{project}/unarchive"}, view),
  };
}

}  // namespace daybook::routes
