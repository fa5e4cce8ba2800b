// Commands about a sprint.
#include "command-service/domain/sprint/sprint.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> sprint_commands() {
  using namespace domain::sprint;
  using domain::Sprint;
  const auto the_sprint = by_id<events::SprintId>("sprint");
  auto view = fields_of<State>();
  view.collection = "/sprints";
  return {
      creates<Sprint, Plan>({"POST /projects/{project}/sprints"}, view),
      changes<Sprint, Change>(the_sprint, {"PATCH /sprints/{sprint}"}, view),
      removes<Sprint, Delete>(the_sprint, {"DELETE /sprints/{sprint}"}, view),
      changes<Sprint, Restore>(the_sprint, {"POST /sprints/{sprint}/restore"}, view),
      changes<Sprint, Start>(the_sprint, {"POST /sprints/{sprint}/start"}, view),
      changes<Sprint, Complete>(the_sprint, {"POST /sprints/{sprint}/complete"}, view),
      changes<Sprint, Cancel>(the_sprint, {"POST /sprints/{sprint}/cancel"}, view),
  };
}

}  // namespace daybook::routes
