#include "projector/read_models/comment.hpp"

#include "projector/read_models/issue.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_comment(const events::Envelope& e, StateStore& store) {
  const auto [before, after] = fold_row<events::comment::State, CommentRow>(read_event<events::comment::Event>(e), e, store);
  const auto issue = store.get<IssueRow>(after.issue_id.value);
  if (before.content != after.content) put_search(e, {.issue = after.issue_id}, "", after.content, store);
  note_activity(e, {"comment", after.id.value, issue ? issue->project_id : std::nullopt, after.issue_id, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<CommentRow>() {
  static const auto t = table<CommentRow>(9, "comments", {{"by_issue", {"issue_id"}}},
                                          {"issue_id, created_at, id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}

ReadModel comments() { return {{&table_of<CommentRow>()}, events::StreamType::comment, apply_comment}; }

}  // namespace daybook::projector
