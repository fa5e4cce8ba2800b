#include "projector/read_models/suggested_skill.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Which skill is suggested for which issue.
const Resource& suggested_skills() {
  static const Resource resource{.what = "skill",
                                 .title = "SuggestedSkill",
                                 .path = "suggested-skills",
                                 .table = "issue_skills",
                                 .row = &events::type_info<projector::SuggestedSkillRow>(),
                                 .filters = {{"issue", "issue_id", "For these issues."},
                                             {"skill_id", "skill_id", "These skills."},
                                             created_after,
                                             created_before},
                                 .sorts = {"created_at", "relevance_score"},
                                 .default_sort = "created_at",
                                 .containers = {{"issue_id", issues}, {"skill_id", skills}},
                                 .references = {{"issue", "issue_id", {{"", issues}}}, {"skill", "skill_id", {{"", skills}}}}};
  return resource;
}

}  // namespace daybook::query
