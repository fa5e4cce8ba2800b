#pragma once
// Making an agent or a workflow of a blueprint. What it comes to is the ordinary command that makes such a thing, decided by its own
// aggregate, and the note of it on the blueprint; the route carries both out in one append (command-service/routes/blueprint.cpp).
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/blueprint/blueprint.hpp"
#include "command-service/domain/workflow/workflow.hpp"

namespace daybook::domain::blueprint {

struct Install {
  static constexpr std::string_view verb = "blueprint.install";
  static constexpr Permission permission = Permission::blueprints_write;
  std::optional<events::EntityId> id;   // of what is made
  std::optional<Name> name;             // left out: what the definition says, else the blueprint's
};
BOOST_DESCRIBE_STRUCT(Install, (), (id, name))

struct Installation {
  std::variant<agent::Register, workflow::Define> made;
  events::blueprint::Installed installed;
};

Result<Installation> install(const State& state, const Install&, const CommandContext&, const Facts&);

// Whether what is sent again made the thing that began so: the blueprint may have changed since, which one it is has not.
bool repeats(const std::optional<events::blueprint::Source>& source, const std::string& name, events::BlueprintId blueprint, const Install& again);

}  // namespace daybook::domain::blueprint
