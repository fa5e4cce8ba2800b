#include "events/issue/state.hpp"

#include <algorithm>

namespace daybook::events::issue {
namespace {

void enter_status(State& s, Status status, const Envelope& event) {
  s.status = status;
  if (status == Status::in_progress && !s.started_at) s.started_at = event.occurred_at;
  if (status == Status::done) s.completed_at = event.occurred_at;
  else s.completed_at.reset();
}

}  // namespace

const LabelLink* find_label_link(const State& state, LabelId label) {
  const auto found = std::find_if(state.labels.begin(), state.labels.end(), [&](const auto& link) { return link.label_id == label; });
  return found == state.labels.end() ? nullptr : &*found;
}
const Dependency* find_dependency(const State& state, DependencyId id) {
  const auto found = std::find_if(state.dependencies.begin(), state.dependencies.end(), [&](const auto& d) { return d.id == id; });
  return found == state.dependencies.end() ? nullptr : &*found;
}

void evolve(State& s, const Opened& e, const Envelope& event) {
  s.id = IssueId{event.stream_id.value};
  s.workspace_id = event.workspace_id.value();
  s.number = e.number;
  s.identifier = e.identifier;
  s.title = e.title;
  s.type = e.issue_type;
  s.description = e.description;
  s.priority = e.priority;
  s.project_id = e.project_id;
  s.parent_id = e.parent_id;
  s.assignee_type = e.assignee_type;
  s.assignee_id = e.assignee_id;
  s.acceptance_criteria = e.acceptance_criteria;
  s.estimated_minutes = e.estimated_minutes;
  s.story_points = e.story_points;
  s.due_at = e.due_at;
  s.custom_fields = e.custom_fields;
  s.position = e.position;
  s.created_by_type = event.actor_type;
  s.created_by_id = event.actor_id;
  enter_status(s, e.status, event);
}
void evolve(State& s, const Edited& e, const Envelope&) {
  s.title = e.title;
  s.type = e.issue_type;
  s.description = e.description;
  s.acceptance_criteria = e.acceptance_criteria;
  s.custom_fields = e.custom_fields;
}
void evolve(State& s, const StatusChanged& e, const Envelope& event) { enter_status(s, e.status, event); }
void evolve(State& s, const PriorityChanged& e, const Envelope&) { s.priority = e.priority; }
void evolve(State& s, const Assigned& e, const Envelope&) {
  s.assignee_type = e.assignee_type;
  s.assignee_id = e.assignee_id;
}
void evolve(State& s, const Unassigned&, const Envelope&) {
  s.assignee_type.reset();
  s.assignee_id.reset();
}
void evolve(State& s, const Moved& e, const Envelope&) { s.project_id = e.project_id; }
void evolve(State& s, const Ranked& e, const Envelope&) { s.position = e.position; }
void evolve(State& s, const ParentChanged& e, const Envelope&) { s.parent_id = e.parent_id; }
void evolve(State& s, const Estimated& e, const Envelope&) {
  s.story_points = e.story_points;
  s.estimated_minutes = e.estimated_minutes;
}
void evolve(State& s, const DueChanged& e, const Envelope&) { s.due_at = e.due_at; }
void evolve(State& s, const LabelAttached& e, const Envelope&) { s.labels.push_back({e.link_id, e.label_id}); }
void evolve(State& s, const LabelDetached& e, const Envelope&) {
  std::erase_if(s.labels, [&](const auto& link) { return link.id == e.link_id; });
}
void evolve(State& s, const DependencyAdded& e, const Envelope&) {
  s.dependencies.push_back({e.dependency_id, e.depends_on_id, e.dependency_type});
}
void evolve(State& s, const DependencyRemoved& e, const Envelope&) {
  std::erase_if(s.dependencies, [&](const auto& d) { return d.id == e.dependency_id; });
}
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::issue
