#pragma once
// An issue after its events, with its label links and dependencies. Folded alike by decide and by the read models.
#include "events/core/parts.hpp"
#include "events/issue/events.hpp"

namespace daybook::events::issue {

struct Fields : Stamp {
  IssueId id{};
  WorkspaceId workspace_id{};
  std::optional<ProjectId> project_id;
  std::int64_t number = 0;
  std::string identifier;
  std::string title;
  Type type = Type::task;
  std::optional<std::string> description;
  Status status = Status::backlog;
  Priority priority = Priority::medium;
  std::optional<IssueId> parent_id;
  std::optional<AssigneeType> assignee_type;
  std::optional<PrincipalId> assignee_id;
  std::optional<std::string> acceptance_criteria;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<std::int64_t> story_points;
  std::optional<text::Instant> due_at;
  std::optional<Json> custom_fields;
  std::int64_t position = 0;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> started_at;      // at the first in_progress
  std::optional<text::Instant> completed_at;    // at done, cleared when it is reopened
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, number, identifier, title, type, description, status,
                                        priority, parent_id, assignee_type, assignee_id, acceptance_criteria,
                                        estimated_minutes, story_points, due_at, custom_fields, position, created_by_type,
                                        created_by_id, started_at, completed_at, deleted_at))

struct LabelLink {
  LabelLinkId id{};
  LabelId label_id{};
  bool operator==(const LabelLink&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelLink, (), (id, label_id))

struct Dependency {
  DependencyId id{};
  IssueId depends_on_id{};
  DependencyType dependency_type = DependencyType::blocks;
  bool operator==(const Dependency&) const = default;
};
BOOST_DESCRIBE_STRUCT(Dependency, (), (id, depends_on_id, dependency_type))

struct State : Fields {
  std::vector<LabelLink> labels;
  std::vector<Dependency> dependencies;          // those written on this issue
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (labels, dependencies))

const LabelLink* find_label_link(const State& state, LabelId label);
inline const LabelLink* find_part(const State& state, LabelLinkId id) { return part_with(state.labels, id); }
inline const Dependency* find_part(const State& state, DependencyId id) { return part_with(state.dependencies, id); }

void evolve(State&, const Opened&, const Envelope&);
void evolve(State&, const Edited&, const Envelope&);
void evolve(State&, const StatusChanged&, const Envelope&);
void evolve(State&, const PriorityChanged&, const Envelope&);
void evolve(State&, const Assigned&, const Envelope&);
void evolve(State&, const Unassigned&, const Envelope&);
void evolve(State&, const Moved&, const Envelope&);
void evolve(State&, const Ranked&, const Envelope&);
void evolve(State&, const ParentChanged&, const Envelope&);
void evolve(State&, const Estimated&, const Envelope&);
void evolve(State&, const DueChanged&, const Envelope&);
void evolve(State&, const LabelAttached&, const Envelope&);
void evolve(State&, const LabelDetached&, const Envelope&);
void evolve(State&, const DependencyAdded&, const Envelope&);
void evolve(State&, const DependencyRemoved&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);

}  // namespace daybook::events::issue
