#include "projector/read_models/suggested_skill.hpp"

namespace daybook::projector {

template <>
const Table& table_of<SuggestedSkillRow>() {
  static const auto t =
      table<SuggestedSkillRow>(37, "issue_skills", {{"by_issue", {"issue_id"}}},
                               {"issue_id", "skill_id", "workspace_id, created_at, id", "workspace_id, ((relevance_score IS NULL)::int), relevance_score, id",
                                "workspace_id, ((relevance_score IS NOT NULL)::int), relevance_score, id", "(read_models.number_of(id, born, 19))"});
  return t;
}

ReadModel suggested_skills() { return {{&table_of<SuggestedSkillRow>()}}; }

}  // namespace daybook::projector
