#pragma once
// What callers other than a signed-in person may do: an agent by its own token, and a person's API key. Both columns stand in the
// one table of permissions (permission.cpp).
#include "command-service/domain/core/permission.hpp"

namespace daybook::domain {

// Whether commands of the permission are for agents at all. Which of them, and about what, each says by `refuse_agent`
// (agent/work.hpp): one that says nothing is not for agents.
bool allowed_to_agents(Permission permission);

inline Rejection not_for_agents() { return forbidden("An agent writes to what is assigned to it and no further; this is for people."); }

// The word that an API key must hold to do this: issues:write. Empty: no key does it, whatever it holds.
std::string_view scope_of(Permission permission);

// The workspace as an agent is let into it. That it is the agent's own, the frame has seen to.
Result<CommandContext> admit_agent(CommandContext context, const events::workspace::State& workspace, Permission permission);

}  // namespace daybook::domain
