#include "events/issue/state.hpp"

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
  return find_in(state.labels, [&](const auto& link) { return link.label_id == label; });
}

void evolve(State& s, const Opened& e, const Envelope& event) {
  begin_state(s, event);
  take_fields<&Opened::issue_type, &Opened::status>(s, e);
  s.type = e.issue_type;
  enter_status(s, e.status, event);
}
void evolve(State& s, const Edited& e, const Envelope&) {
  take_fields<&Edited::issue_type>(s, e);
  s.type = e.issue_type;
}
void evolve(State& s, const StatusChanged& e, const Envelope& event) { enter_status(s, e.status, event); }
void evolve(State& s, const PriorityChanged& e, const Envelope&) { s.priority = e.priority; }
void evolve(State& s, const Assigned& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Unassigned&, const Envelope&) {
  s.assignee_type.reset();
  s.assignee_id.reset();
}
void evolve(State& s, const Moved& e, const Envelope&) { s.project_id = e.project_id; }
void evolve(State& s, const Ranked& e, const Envelope&) { s.position = e.position; }
void evolve(State& s, const ParentChanged& e, const Envelope&) { s.parent_id = e.parent_id; }
void evolve(State& s, const Estimated& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const DueChanged& e, const Envelope&) { s.due_at = e.due_at; }
void evolve(State& s, const LabelAttached& e, const Envelope&) { s.labels.push_back({e.link_id, e.label_id}); }
void evolve(State& s, const LabelDetached& e, const Envelope&) { drop_part(s.labels, e.link_id); }
void evolve(State& s, const DependencyAdded& e, const Envelope&) {
  s.dependencies.push_back({e.dependency_id, e.depends_on_id, e.dependency_type});
}
void evolve(State& s, const DependencyRemoved& e, const Envelope&) { drop_part(s.dependencies, e.dependency_id); }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::issue
