#include "projector/read_models/blueprint.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& blueprint_reviews() {
  static const Resource resource{.what = "review",
                                 .title = "BlueprintReview",
                                 .table = "blueprint_reviews",
                                 .row = &events::type_info<projector::BlueprintReviewRow>(),
                                 .filters = {{"user", "user_id", "By these."}, created_after, created_before},
                                 .sorts = {"created_at", "rating"},
                                 .default_sort = "-created_at",
                                 .containers = {{"blueprint_id", blueprints}},
                                 .references = {{"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
