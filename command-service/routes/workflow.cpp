// Commands about a workflow.
#include "command-service/domain/workflow/workflow.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

constexpr std::size_t workflow_body_bytes_max = 4 << 20;  // the definition may double where JSON escapes it

Command holding_a_workflow(Command command) {
  command.body_bytes_max = workflow_body_bytes_max;
  return command;
}

}  // namespace

std::vector<Command> workflow_commands() {
  using namespace domain::workflow;
  using domain::Workflow;
  const auto the_workflow = by_id<events::WorkflowId>("workflow");
  const auto view = fields_of<events::workflow::State>();
  return {
      holding_a_workflow(creates<Workflow, Define>({"POST /workflows"}, view)),
      holding_a_workflow(changes<Workflow, Revise>(the_workflow, {"PATCH /workflows/{workflow}"}, view)),
      removes<Workflow, Delete>(the_workflow, {"DELETE /workflows/{workflow}"}, view),
      changes<Workflow, Restore>(the_workflow, {"POST /workflows/{workflow}/restore"}, view),
  };
}

}  // namespace daybook::routes
