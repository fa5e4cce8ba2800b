// Commands about an agent.
#include "command-service/domain/agent/agent.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> agent_commands() {
  using namespace domain::agent;
  using domain::Agent;
  const auto the_agent = by_id<events::AgentId>("agent");
  const auto view = fields_of<State>();
  return {
      creates<Agent, Register>({"POST /agents"}, view),
      changes<Agent, Change>(the_agent, {"PATCH /agents/{agent}"}, view),
      removes<Agent, Retire>(the_agent, {"DELETE /agents/{agent}"}, view),
      changes<Agent, Restore>(the_agent, {"POST /agents/{agent}/restore"}, view),
  };
}

}  // namespace daybook::routes
