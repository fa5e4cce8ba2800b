#pragma once
// What a blueprint makes. Its definition says which kind that is, and stands for the thing's own fields. It is kept as it was sent; what is
// wrong with what is known of it is named by pointer before, and what is not known is left alone.
//
//   {"kind":"agent","name":"…","description":"…","instructions":"…","model":"…","runtime_mode":"cloud","runtime_config":{…},
//    "max_concurrent_tasks":1,"config":{…}}
//   {"kind":"workflow","nodes":[…],"edges":[…],"trigger":{…}}     domain/workflow/definition.hpp
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/core/rules.hpp"
#include "events/blueprint/state.hpp"

namespace daybook::domain::blueprint {

using events::blueprint::Definition;
using events::blueprint::Kind;

// What it makes; nothing where that cannot be told. Mistakes are added to the refusals, below /definition.
std::optional<Kind> check_definition(const Definition& definition, FieldRefusals& refusals);

// The agent that a definition of that kind describes, without a name where it gives none.
agent::Register agent_in(const Definition& definition);

}  // namespace daybook::domain::blueprint
