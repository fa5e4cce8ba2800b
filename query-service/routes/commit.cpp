#include "projector/read_models/commit.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& commits() {
  static const Resource resource{
      .what = "commit",
      .title = "Commit",
      .path = "commits",
      .table = "issue_commits",
      .row = &events::type_info<projector::CommitRow>(),
      .filters = {{"issue", "issue_id", "Linked to these issues."},
                  {"sha", "sha", "Of exactly this hash, in lower case, as it was linked."},
                  {"author", "author_id", "By these users; none where the author is not known."},
                  created_after,
                  created_before},
      .sorts = {"created_at", "committed_at"},
      .default_sort = "created_at",
      .containers = {{"issue_id", issues}},
      .references = {{"issue", "issue_id", {{"", issues}}}, {"author", "author_id", {{"", people}}}}};
  return resource;
}

}  // namespace daybook::query
