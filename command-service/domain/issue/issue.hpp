#pragma once
// An issue with its label links and the dependencies written on it. References (project, parent, assignee,
// label, depends_on) must be usable in the same workspace.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/issue/state.hpp"

namespace daybook::domain {

struct Issue {
  using State = events::issue::State;
  using Event = events::issue::Event;
  static constexpr auto stream_type = events::StreamType::issue;
};

namespace issue {

using events::issue::AssigneeType;
using events::issue::DependencyType;
using events::issue::Event;
using events::issue::Priority;
using events::issue::State;
using events::issue::Status;
using events::issue::Type;

inline constexpr std::int64_t story_points_max = 100;
inline constexpr std::int64_t estimated_minutes_max = 10'000'000;  // 19 years
inline constexpr std::size_t labels_max = 200;                     // on one issue
inline constexpr std::size_t dependencies_max = 1000;              // written on one issue

// Numbers are given in the order of the log, without a gap.
struct Open {
  static constexpr std::string_view verb = "issue.open";
  static constexpr Permission permission = Permission::issues_write;
  using Birth = events::issue::Opened;
  std::optional<events::IssueId> id;
  Title title{};
  std::optional<Type> type;
  std::optional<Description> description;
  std::optional<Status> status;
  std::optional<Priority> priority;
  std::optional<ProjectRef> project_id;
  std::optional<IssueRef> parent_id;
  std::optional<AssigneeType> assignee_type;  // left out: a member, or else an agent, has the id
  std::optional<events::PrincipalId> assignee_id;
  std::optional<Description> acceptance_criteria;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<std::int64_t> story_points;
  std::optional<text::Instant> due_at;
  std::optional<events::Json> custom_fields;
  std::optional<std::int64_t> position;
};
BOOST_DESCRIBE_STRUCT(Open, (),
                      (id, title, type, description, status, priority, project_id, parent_id, assignee_type,
                       assignee_id, acceptance_criteria, estimated_minutes, story_points, due_at,
                       custom_fields, position))

// An assignee_id of null unassigns; an assignee_type alone changes nothing and is refused.
struct Change {
  static constexpr std::string_view verb = "issue.change";
  static constexpr Permission permission = Permission::issues_write;
  events::Patch<Title> title;
  events::Patch<Type> type;
  events::Patch<Description> description;
  events::Patch<Status> status;
  events::Patch<Priority> priority;
  events::Patch<ProjectRef> project_id;
  events::Patch<IssueRef> parent_id;
  events::Patch<AssigneeType> assignee_type;
  events::Patch<events::PrincipalId> assignee_id;
  events::Patch<Description> acceptance_criteria;
  events::Patch<std::int64_t> estimated_minutes;
  events::Patch<std::int64_t> story_points;
  events::Patch<text::Instant> due_at;
  events::Patch<events::Json> custom_fields;
  events::Patch<std::int64_t> position;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (title, type, description, status, priority, project_id, parent_id, assignee_type,
                       assignee_id, acceptance_criteria, estimated_minutes, story_points, due_at,
                       custom_fields, position))

struct Assign {
  static constexpr std::string_view verb = "issue.assign";
  static constexpr Permission permission = Permission::issues_write;
  std::optional<AssigneeType> assignee_type;
  events::PrincipalId assignee_id{};
};
BOOST_DESCRIBE_STRUCT(Assign, (), (assignee_type, assignee_id))

struct Unassign {
  static constexpr std::string_view verb = "issue.unassign";
  static constexpr Permission permission = Permission::issues_write;
};
BOOST_DESCRIBE_STRUCT(Unassign, (), ())

// From a user who is no member any more; sent by a reactor, so that nothing is left to do is no refusal.
struct Release {
  events::UserId user_id{};
};

// Without a project, into the workspace itself.
struct Move {
  static constexpr std::string_view verb = "issue.move";
  static constexpr Permission permission = Permission::issues_write;
  std::optional<ProjectRef> project_id;
};
BOOST_DESCRIBE_STRUCT(Move, (), (project_id))

struct Delete {
  static constexpr std::string_view verb = "issue.delete";
  static constexpr Permission permission = Permission::issues_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "issue.restore";
  static constexpr Permission permission = Permission::issues_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

// A second link to the same label is refused with already-exists.
struct AttachLabel {
  static constexpr std::string_view verb = "issue.attach_label";
  static constexpr Permission permission = Permission::issues_write;
  using Birth = events::issue::LabelAttached;
  static constexpr auto birth_id = &Birth::link_id;
  std::optional<events::LabelLinkId> id;
  events::LabelId label_id{};
};
BOOST_DESCRIBE_STRUCT(AttachLabel, (), (id, label_id))

// What is not attached is as good as detached.
struct DetachLabel {
  static constexpr std::string_view verb = "issue.detach_label";
  static constexpr Permission permission = Permission::issues_write;
  events::LabelId label_id{};
};
BOOST_DESCRIBE_STRUCT(DetachLabel, (), (label_id))

// Read as a sentence: this issue `blocks` (the default), is `blocked_by`, is `related` to depends_on. Kept as
// written, but unique and free of circles whichever way it was written.
struct AddDependency {
  static constexpr std::string_view verb = "issue.add_dependency";
  static constexpr Permission permission = Permission::issues_write;
  using Birth = events::issue::DependencyAdded;
  static constexpr auto birth_id = &Birth::dependency_id;
  std::optional<events::DependencyId> id;
  IssueRef depends_on_id{};
  std::optional<DependencyType> dependency_type;
};
BOOST_DESCRIBE_STRUCT(AddDependency, (), (id, depends_on_id, dependency_type))

// On the issue it was written on.
struct RemoveDependency {
  static constexpr std::string_view verb = "issue.remove_dependency";
  static constexpr Permission permission = Permission::issues_write;
  events::DependencyId dependency_id{};
};
BOOST_DESCRIBE_STRUCT(RemoveDependency, (), (dependency_id))

Decision<Event> decide(const State&, const Open&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Assign&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unassign&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Release&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Move&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AttachLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DetachLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddDependency&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveDependency&, const CommandContext&, const Facts&);

bool repeats(const events::issue::Opened& first, const Open& again, const CommandContext&, const Facts&);
bool repeats(const events::issue::LabelAttached& first, const AttachLabel& again, const CommandContext&, const Facts&);
bool repeats(const events::issue::DependencyAdded& first, const AddDependency& again, const CommandContext&, const Facts&);

}  // namespace issue

void effects(const issue::State&, const events::issue::Opened&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Moved&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::ParentChanged&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::DependencyAdded&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::DependencyRemoved&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Deleted&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::issue::Edited, events::issue::StatusChanged, events::issue::PriorityChanged,
                 events::issue::Assigned, events::issue::Unassigned, events::issue::Ranked, events::issue::Estimated,
                 events::issue::DueChanged, events::issue::LabelAttached, events::issue::LabelDetached> E>
void effects(const issue::State&, const E&, const events::Envelope&, Effects&) {}

}  // namespace daybook::domain
