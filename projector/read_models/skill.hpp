#pragma once
// Skills, with the figures that what is said of them comes to.
#include "events/skill/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using SkillRow = events::skill::Fields;
template <> const Table& table_of<SkillRow>();
ReadModel skills();

// Reviews live in their skill's stream; what each gives to the figures is taken back with it.
using SkillReviewRow = events::skill::SkillReview;
template <> const Table& table_of<SkillReviewRow>();
ReadModel skill_reviews();

}  // namespace daybook::projector
