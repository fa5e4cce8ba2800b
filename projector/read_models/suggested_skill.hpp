#pragma once
// Suggested skills live in their issue's stream.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using SuggestedSkillRow = events::issue::SuggestedSkill;
template <> const Table& table_of<SuggestedSkillRow>();
ReadModel suggested_skills();

}  // namespace daybook::projector
