#include "projector/read_models/comment.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Read below their comment. Whoever has left the workspace is not shown, and is again after joining again.
const Resource& reactions() {
  static const Resource resource{.what = "reaction",
                                 .title = "Reaction",
                                 .table = "reactions",
                                 .row = &events::type_info<projector::ReactionRow>(),
                                 .filters = {{"user", "user_id", "By these."}, {"emoji", "emoji", "With exactly this one."}, created_after, created_before},
                                 .sorts = {"created_at"},
                                 .default_sort = "created_at",
                                 .containers = {{"comment_id", comments}, {"user_id", members}},
                                 .references = {{"user", "user_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
