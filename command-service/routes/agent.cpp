// Commands about an agent. Its token is told in the reply of the command that made it, and never again.
#include "command-service/domain/agent/agent.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"
#include "schemas/api/bearer_keys.hpp"

namespace daybook::routes {
namespace {

struct AgentWithToken : events::agent::Fields {
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(AgentWithToken, (events::agent::Fields), (token))

bool has_token(const events::agent::State& agent, std::string_view digest) { return agent.token_digest == digest; }

// What the reply shows; the token is laid beside it.
View with_token() {
  auto view = fields_of<events::agent::State, events::agent::Fields>();
  view.type = &events::type_info<AgentWithToken>();
  return view;
}

template <class C>
Command tells_token(Command command) {
  return tells<domain::Agent, C, has_token>("token", api::agent_token_prefix, std::move(command));
}

}  // namespace

std::vector<Command> agent_commands() {
  using namespace domain::agent;
  using domain::Agent;
  const auto the_agent = by_id<events::AgentId>("agent");
  const auto view = fields_of<State, events::agent::Fields>();
  return {
      tells_token<Register>(creates<Agent, Register>({"POST /agents"}, with_token())),
      tells_token<ReplaceToken>(changes<Agent, ReplaceToken>(the_agent, {"POST /agents/{agent}/token"}, with_token())),
      removes<Agent, RevokeToken>(the_agent, {"DELETE /agents/{agent}/token"}, view),
      changes<Agent, Change>(the_agent, {"PATCH /agents/{agent}"}, view),
      removes<Agent, Retire>(the_agent, {"DELETE /agents/{agent}"}, view),
      changes<Agent, Restore>(the_agent, {"POST /agents/{agent}/restore"}, view),
  };
}

}  // namespace daybook::routes
