#pragma once
// Who may see and change a skill. Private to this folder.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/skill/skill.hpp"

namespace daybook::domain::skill {

// Of a skill that was withdrawn, whose workspace is gone, or of which the caller cannot know.
std::optional<Rejection> refuse_unknown(const State& state, const CommandContext& context, const Facts& facts);
// Whether the caller is at least an admin of the workspace where the skill lives.
bool is_admin_of(const State& state, const CommandContext& context);

}  // namespace daybook::domain::skill
