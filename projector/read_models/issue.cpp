#include "projector/read_models/issue.hpp"

#include "projector/read_models/commit.hpp"
#include "projector/read_models/dependency.hpp"
#include "projector/read_models/epic_progress.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/sprint.hpp"
#include "projector/read_models/stream_rows.hpp"
#include "projector/read_models/suggested_skill.hpp"
#include "projector/read_models/watcher.hpp"
#include "projector/read_models/worked_time.hpp"

namespace daybook::projector {
namespace {

using IssueState = events::issue::State;

// What an event does to what lives in the issue's stream; most do nothing.
template <class What>
void apply_parts(const What& what, const events::Envelope& e, StateStore& store) {
  if constexpr (requires { what.link_id; }) change_part<&IssueState::labels>("label", what.link_id.value, what, e, store);
  else if constexpr (requires { what.dependency_id; }) change_part<&IssueState::dependencies>("dependency", what.dependency_id.value, what, e, store);
  else if constexpr (requires { what.watcher_id; }) change_part<&IssueState::watchers>("watcher", what.watcher_id.value, what, e, store);
  else if constexpr (requires { what.commit_id; }) change_part<&IssueState::commits>("commit", what.commit_id.value, what, e, store);
  else if constexpr (requires { what.suggestion_id; }) change_part<&IssueState::skills>("suggested_skill", what.suggestion_id.value, what, e, store);
}

// What its title does not say.
std::string words_of(const IssueRow& issue) {
  auto words = words_together({issue.description, issue.acceptance_criteria, issue.user_type, issue.user_story, issue.benefit,
                               issue.blocked_reason, issue.generated_prompt});
  for (const auto& tag : issue.tags) words += (words.empty() ? "" : "\n") + tag;
  return words;
}

SearchMetadata metadata_of(const IssueRow& issue) {
  return {.identifier = issue.identifier, .type = std::string(events::word_of(issue.type)), .status = std::string(events::word_of(issue.status)),
          .project_id = issue.project_id, .tags = issue.tags};
}

// Deletion is asked of its own row.
void note_words(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store) {
  auto words = words_of(after);
  auto metadata = metadata_of(after);
  const bool born = before.version.value == 0;
  if (!born && before.title == after.title && words_of(before) == words && metadata_of(before) == metadata) return;
  put_search(e, {.issue = after.id, .metadata = std::move(metadata)}, after.title, std::move(words), store);
}

void apply_issue(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::issue::Event>(e);
  const auto [before, after] = fold_row<IssueState, IssueRow>(event, e, store);
  std::visit([&](const auto& what) { apply_parts(what, e, store); }, event);
  move_epic_progress(before, after, store);
  move_worked_time(before, after, e, store);
  move_run_costs(before, after, e, store);
  count_in_sprints(before, after, e, store);
  note_words(before, after, e, store);
  if (const auto* brought = std::get_if<events::issue::BroughtForward>(&event)) {
    add_worked_time(after.id, brought->worked_seconds.value_or(0), e, store);
    bring_costs(*brought, e, store);
  }
  note_activity(e, {"issue", after.id.value, after.project_id, after.id, differences<events::issue::Fields>(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<IssueRow>() {
  static const auto t = table<IssueRow>(6, "issues", {{"by_identifier", {"workspace_id", "identifier"}}, {"by_sprint", {"sprint_id"}, true}},
                                        {"workspace_id, number", "workspace_id, identifier", "workspace_id, updated_at, id", "workspace_id, created_at, id",
                                         "workspace_id, position, id", "workspace_id, title COLLATE \"C\", id", "workspace_id, status COLLATE \"C\", id",
                                         "workspace_id, priority COLLATE \"C\", id", "workspace_id, ((due_at IS NULL)::int), due_at, id",
                                         "workspace_id, ((due_at IS NOT NULL)::int), due_at, id", "project_id", "assignee_id", "parent_id", "epic_id", "blocked_by_issue_id", "sprint_id",
                                         "(due_at, id) WHERE deleted_at IS NULL AND reminded_due_at IS DISTINCT FROM due_at",
                                         "(read_models.number_of(id, born, 4))", "(read_models.number_of(id, born, 53))",
                                         "(read_models.number_of(id, born, 56)) WHERE type = 'epic'", "((id::text))"});
  return t;
}

ReadModel issues() { return {{&table_of<IssueRow>()}, events::StreamType::issue, apply_issue}; }

}  // namespace daybook::projector
