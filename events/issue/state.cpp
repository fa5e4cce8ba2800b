#include "events/issue/state.hpp"

namespace daybook::events::issue {
namespace {

void enter_status(State& s, Status status, const Envelope& event) {
  s.status = status;
  if (status == Status::in_progress && !s.started_at) s.started_at = event.occurred_at;
  if (status == Status::done) s.completed_at = event.occurred_at;
  else s.completed_at.reset();
}

// A part as its event tells it, in the issue of that event.
template <auto id, class Row, class Event>
void add_here(std::vector<Row>& list, const Event& e, const Envelope& event) {
  auto& row = add_part<id>(list, e, event);
  row.workspace_id = event.workspace_id.value();
  row.issue_id = IssueId{event.stream_id.value};
}

}  // namespace

const LabelLink* find_label_link(const State& state, LabelId label) {
  return find_in(state.labels, [&](const auto& link) { return link.label_id == label; });
}

const Watcher* find_watcher(const State& state, UserId user) {
  return find_in(state.watchers, [&](const auto& watcher) { return watcher.user_id == user; });
}

const SuggestedSkill* find_suggestion(const State& state, SkillId skill) {
  return find_in(state.skills, [&](const auto& suggested) { return suggested.skill_id == skill; });
}

void evolve(State& s, const Opened& e, const Envelope& event) {
  begin_state(s, event);
  take_fields<&Opened::issue_type, &Opened::status, &Opened::execution_type, &Opened::tags, &Opened::numbers_skipped>(s, e);
  s.type = e.issue_type;
  s.execution_type = e.execution_type.value_or(ExecutionType::serial);
  s.tags = e.tags.value_or(std::vector<std::string>{});
  enter_status(s, e.status, event);
}
void evolve(State& s, const Edited& e, const Envelope&) {
  take_fields<&Edited::issue_type, &Edited::execution_type>(s, e);
  s.type = e.issue_type;
  s.execution_type = e.execution_type.value_or(ExecutionType::serial);
}
void evolve(State& s, const StatusChanged& e, const Envelope& event) { enter_status(s, e.status, event); }
void evolve(State& s, const PriorityChanged& e, const Envelope&) { s.priority = e.priority; }
void evolve(State& s, const Assigned& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Unassigned&, const Envelope&) {
  s.assignee_type.reset();
  s.assignee_id.reset();
}
void evolve(State& s, const Moved& e, const Envelope&) {
  s.project_id = e.project_id;
  s.sprint_id.reset();   // it is of the project that was left
}
void evolve(State& s, const Ranked& e, const Envelope&) { s.position = e.position; }
void evolve(State& s, const ParentChanged& e, const Envelope&) { s.parent_id = e.parent_id; }
void evolve(State& s, const Estimated& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const DueChanged& e, const Envelope&) { s.due_at = e.due_at; }
void evolve(State& s, const LabelAttached& e, const Envelope& event) { add_here<&LabelAttached::link_id>(s.labels, e, event); }
void evolve(State& s, const LabelDetached& e, const Envelope&) { drop_part(s.labels, e.link_id); }
void evolve(State& s, const DependencyAdded& e, const Envelope& event) {
  add_here<&DependencyAdded::dependency_id>(s.dependencies, e, event);
}
void evolve(State& s, const DependencyRemoved& e, const Envelope&) { drop_part(s.dependencies, e.dependency_id); }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const SprintChanged& e, const Envelope&) { s.sprint_id = e.sprint_id; }
void evolve(State& s, const EpicChanged& e, const Envelope&) { s.epic_id = e.epic_id; }
void evolve(State& s, const Blocked& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Unblocked&, const Envelope&) {
  s.blocked_reason.reset();
  s.blocked_by_issue_id.reset();
}
void evolve(State& s, const Tagged& e, const Envelope&) { s.tags.push_back(e.tag); }
void evolve(State& s, const Untagged& e, const Envelope&) { std::erase(s.tags, e.tag); }
void evolve(State& s, const CommitLinked& e, const Envelope& event) { add_here<&CommitLinked::commit_id>(s.commits, e, event); }
void evolve(State& s, const CommitUnlinked& e, const Envelope&) { drop_part(s.commits, e.commit_id); }
void evolve(State& s, const Watched& e, const Envelope& event) {
  if (find_part(s, e.watcher_id) != nullptr) change_part<&Watched::watcher_id>(s.watchers, e, event);
  else add_here<&Watched::watcher_id>(s.watchers, e, event);
}
void evolve(State& s, const Unwatched& e, const Envelope&) { drop_part(s.watchers, e.watcher_id); }
void evolve(State& s, const SkillSuggested& e, const Envelope& event) { add_here<&SkillSuggested::suggestion_id>(s.skills, e, event); }
void evolve(State& s, const SkillWithdrawn& e, const Envelope&) { drop_part(s.skills, e.suggestion_id); }
void evolve(State& s, const DueApproached& e, const Envelope&) { s.reminded_due_at = e.due_at; }
// Its figures are no part of the state: they come of other streams.
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  if (e.started_at) s.started_at = e.started_at;
  if (e.completed_at) s.completed_at = e.completed_at;
}

}  // namespace daybook::events::issue
