#include "projector/read_models/comment.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& comments() {
  static const Resource resource{
      .what = "comment",
      .title = "Comment",
      .path = "comments",
      .parameter = "comment",
      .table = "comments",
      .row = &events::type_info<projector::CommentRow>(),
      .stored = projector::table_of<projector::CommentRow>,
      .filters = {{"issue", "issue_id", "On these issues."}, {"author", "author_id", "By these."}, created_after, created_before},
      .sorts = {"created_at", "updated_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}},
      .references = {{"author", "author_id", principals(), "author_type"},
                     {"issue", "issue_id", {{"", issues}}},
                     {"parent", "parent_id", {{"", comments}}, "", true}}};
  return resource;
}

}  // namespace daybook::query
