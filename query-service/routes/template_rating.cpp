#include "projector/read_models/template.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& template_ratings() {
  static const Resource resource{.what = "rating",
                                 .title = "TemplateRating",
                                 .table = "template_ratings",
                                 .row = &events::type_info<projector::TemplateRatingRow>(),
                                 .filters = {{"user", "user_id", "By these."}, created_after, created_before},
                                 .sorts = {"created_at", "rating"},
                                 .default_sort = "-created_at",
                                 .containers = {{"template_id", templates}},
                                 .references = {{"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
