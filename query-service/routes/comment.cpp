#include "projector/read_models/comment.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view mentions_user = "EXISTS (SELECT FROM json_array_elements_text(t.mentions) AS m(id) WHERE m.id = lower($value))";
constexpr std::string_view is_mentioned =
    "t.user_id IN (SELECT m.id::uuid FROM $schema.comments c, json_array_elements_text(c.mentions) AS m(id) WHERE c.id = $parent)";

}  // namespace

const Resource& comments() {
  static const Resource resource{
      .what = "comment",
      .title = "Comment",
      .path = "comments",
      .parameter = "comment",
      .table = "comments",
      .row = &events::type_info<projector::CommentRow>(),
      .stored = projector::table_of<projector::CommentRow>,
      .filters = {{"issue", "issue_id", "On these issues."},
                  {"author", "author_id", "By these."},
                  {"parent", "parent_id", "Answers to these; none for those that answer none."},
                  {"mentions", "id", "That mention the user.", FilterKind::condition, mentions_user},
                  created_after,
                  created_before},
      .sorts = {"created_at", "updated_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}},
      .references = {{"author", "author_id", principals(), "author_type"},
                     {"issue", "issue_id", {{"", issues}}},
                     {"parent", "parent_id", {{"", comments}}, "", true}},
      // Who has left is neither among those mentioned nor among those who react.
      .children = {{"replies", comments, "t.parent_id = $parent"},
                   {"mentioned", members, is_mentioned},
                   {"all_reactions", reactions, "t.comment_id = $parent", "reactions"}}};
  return resource;
}

}  // namespace daybook::query
