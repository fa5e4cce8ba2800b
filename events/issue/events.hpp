#pragma once
// What happens to an issue, its label links and its dependencies. Names and shapes are storage format: add optional
// members or a new event; never rename, retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::issue {

BOOST_DEFINE_ENUM_CLASS(Type, task, story, bug, epic, feature, chore)
BOOST_DEFINE_ENUM_CLASS(Status, backlog, todo, draft, ready, in_progress, in_review, needs_approval, blocked, done, failed,
                        cancelled, archived)
BOOST_DEFINE_ENUM_CLASS(Priority, none, low, medium, high, urgent)
BOOST_DEFINE_ENUM_CLASS(AssigneeType, user, agent)
BOOST_DEFINE_ENUM_CLASS(DependencyType, blocks, blocked_by, related)

struct Opened {
  static constexpr std::string_view type = "issue.opened";
  std::int64_t number = 0;           // gap-free in its workspace
  std::string identifier;            // prefix-number, as given at birth
  std::string title;
  Type issue_type = Type::task;
  std::optional<std::string> description;
  Status status = Status::backlog;
  Priority priority = Priority::medium;
  std::optional<ProjectId> project_id;
  std::optional<IssueId> parent_id;
  std::optional<AssigneeType> assignee_type;
  std::optional<PrincipalId> assignee_id;
  std::optional<std::string> acceptance_criteria;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<std::int64_t> story_points;
  std::optional<text::Instant> due_at;
  std::optional<Json> custom_fields;
  std::int64_t position = 0;         // rank among its neighbours
  bool operator==(const Opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (number, identifier, title, issue_type, description, status, priority, project_id,
                                   parent_id, assignee_type, assignee_id, acceptance_criteria, estimated_minutes,
                                   story_points, due_at, custom_fields, position))

struct Edited {
  static constexpr std::string_view type = "issue.edited";
  std::string title;
  Type issue_type = Type::task;
  std::optional<std::string> description;
  std::optional<std::string> acceptance_criteria;
  std::optional<Json> custom_fields;
  bool operator==(const Edited&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edited, (), (title, issue_type, description, acceptance_criteria, custom_fields))

struct StatusChanged {
  static constexpr std::string_view type = "issue.status_changed";
  Status status = Status::backlog;
  bool operator==(const StatusChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(StatusChanged, (), (status))

struct PriorityChanged {
  static constexpr std::string_view type = "issue.priority_changed";
  Priority priority = Priority::medium;
  bool operator==(const PriorityChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(PriorityChanged, (), (priority))

struct Assigned {
  static constexpr std::string_view type = "issue.assigned";
  AssigneeType assignee_type = AssigneeType::user;
  PrincipalId assignee_id{};
  bool operator==(const Assigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(Assigned, (), (assignee_type, assignee_id))

struct Unassigned {
  static constexpr std::string_view type = "issue.unassigned";
  bool operator==(const Unassigned&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unassigned, (), ())

struct Moved {
  static constexpr std::string_view type = "issue.moved";
  std::optional<ProjectId> project_id;
  bool operator==(const Moved&) const = default;
};
BOOST_DESCRIBE_STRUCT(Moved, (), (project_id))

struct Ranked {
  static constexpr std::string_view type = "issue.ranked";
  std::int64_t position = 0;
  bool operator==(const Ranked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Ranked, (), (position))

struct ParentChanged {
  static constexpr std::string_view type = "issue.parent_changed";
  std::optional<IssueId> parent_id;
  bool operator==(const ParentChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ParentChanged, (), (parent_id))

struct Estimated {
  static constexpr std::string_view type = "issue.estimated";
  std::optional<std::int64_t> story_points;
  std::optional<std::int64_t> estimated_minutes;
  bool operator==(const Estimated&) const = default;
};
BOOST_DESCRIBE_STRUCT(Estimated, (), (story_points, estimated_minutes))

struct DueChanged {
  static constexpr std::string_view type = "issue.due_changed";
  std::optional<text::Instant> due_at;
  bool operator==(const DueChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueChanged, (), (due_at))

struct LabelAttached {
  static constexpr std::string_view type = "issue.label_attached";
  LabelLinkId link_id{};
  LabelId label_id{};
  bool operator==(const LabelAttached&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelAttached, (), (link_id, label_id))

struct LabelDetached {
  static constexpr std::string_view type = "issue.label_detached";
  LabelLinkId link_id{};
  LabelId label_id{};
  bool operator==(const LabelDetached&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelDetached, (), (link_id, label_id))

struct DependencyAdded {
  static constexpr std::string_view type = "issue.dependency_added";
  DependencyId dependency_id{};
  IssueId depends_on_id{};
  DependencyType dependency_type = DependencyType::blocks;
  bool operator==(const DependencyAdded&) const = default;
};
BOOST_DESCRIBE_STRUCT(DependencyAdded, (), (dependency_id, depends_on_id, dependency_type))

struct DependencyRemoved {
  static constexpr std::string_view type = "issue.dependency_removed";
  DependencyId dependency_id{};
  IssueId depends_on_id{};
  DependencyType dependency_type = DependencyType::blocks;
  bool operator==(const DependencyRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(DependencyRemoved, (), (dependency_id, depends_on_id, dependency_type))

struct Deleted {
  static constexpr std::string_view type = "issue.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "issue.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

using Event = std::variant<Opened, Edited, StatusChanged, PriorityChanged, Assigned, Unassigned, Moved, Ranked,
                           ParentChanged, Estimated, DueChanged, LabelAttached, LabelDetached, DependencyAdded,
                           DependencyRemoved, Deleted, Restored>;

}  // namespace daybook::events::issue
