#pragma once
// Who may know of a blueprint, change it and take it. Private to this folder.
#include "command-service/domain/blueprint/blueprint.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain::blueprint {

// Of one that was withdrawn, whose workspace is gone, or of which the caller cannot know.
std::optional<Rejection> refuse_unknown(const State& state, const CommandContext& context, const Facts& facts);
// The same, and where the caller's workspace would have to buy it first: its own are its own, and what is free is free.
std::optional<Rejection> refuse_untaken(const State& state, const CommandContext& context, const Facts& facts);
// Whether the caller manages all blueprints of the workspace where this one lives.
bool is_admin_of(const State& state, const CommandContext& context);

}  // namespace daybook::domain::blueprint
