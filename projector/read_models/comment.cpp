#include "projector/read_models/comment.hpp"

#include "projector/read_models/issue.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

// What names a reaction is about that; the comment's own row shows who reacted all the same.
template <class What>
void apply_comment_event(const What& what, const events::Envelope& e, StateStore& store) {
  using events::comment::State;
  const auto [before, after] = fold_one<State, CommentRow>(what, e, store);
  const auto issue = store.get<IssueRow>(after.issue_id.value);
  if (before.content != after.content) put_search(e, {.issue = after.issue_id, .metadata = {.issue_id = after.issue_id}}, "", after.content, store);
  Subject subject{"comment", after.id.value, {}, {}, differences(before, after)};
  if constexpr (requires { what.reaction_id; })
    subject = change_part<&State::each_reaction>("reaction", what.reaction_id.value, what, e, store);
  subject.project = issue ? issue->project_id : std::nullopt;
  subject.issue = after.issue_id;
  note_activity(e, subject, store);
}

void apply_comment(const events::Envelope& e, StateStore& store) {
  std::visit([&](const auto& what) { apply_comment_event(what, e, store); }, read_event<events::comment::Event>(e));
}

}  // namespace

template <>
const Table& table_of<CommentRow>() {
  static const auto t = table<CommentRow>(9, "comments", {{"by_issue", {"issue_id"}}},
                                          {"issue_id, created_at, id", "parent_id, created_at, id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                           "author_id", "(read_models.number_of(id, born, 7))", "((id::text))"});
  return t;
}

template <>
const Table& table_of<ReactionRow>() {
  static const auto t = table<ReactionRow>(38, "reactions", {{"by_comment", {"comment_id"}}},
                                           {"comment_id, created_at, id", "workspace_id, created_at, id"});
  return t;
}

ReadModel reactions() { return {{&table_of<ReactionRow>()}}; }

ReadModel comments() { return {{&table_of<CommentRow>()}, events::StreamType::comment, apply_comment}; }

}  // namespace daybook::projector
