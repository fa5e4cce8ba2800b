#include "projector/read_models/commit.hpp"

namespace daybook::projector {

template <>
const Table& table_of<CommitRow>() {
  static const auto t = table<CommitRow>(21, "issue_commits", {{"by_issue", {"issue_id"}}},
                                         {"issue_id", "author_id", "workspace_id, sha", "workspace_id, created_at, id",
                                          "workspace_id, ((committed_at IS NULL)::int), committed_at, id",
                                          "workspace_id, ((committed_at IS NOT NULL)::int), committed_at, id"});
  return t;
}

ReadModel commits() { return {{&table_of<CommitRow>()}}; }

}  // namespace daybook::projector
