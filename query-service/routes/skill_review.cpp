#include "projector/read_models/skill.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& skill_reviews() {
  static const Resource resource{.what = "review",
                                 .title = "SkillReview",
                                 .table = "skill_reviews",
                                 .row = &events::type_info<projector::SkillReviewRow>(),
                                 .filters = {{"user", "user_id", "By these."}, created_after, created_before},
                                 .sorts = {"created_at", "rating"},
                                 .default_sort = "-created_at",
                                 .containers = {{"skill_id", skills}},
                                 .references = {{"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
