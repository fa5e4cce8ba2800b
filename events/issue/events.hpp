#pragma once
// What happens to an issue, its label links, dependencies, watchers, commits and suggested skills. Names and shapes are storage format: add optional
// members or a new event; never rename, retype or reuse.
#include "events/core/event_type.hpp"
#include "events/execution/usage.hpp"

namespace daybook::events {

// That a skill was suggested for an issue.
struct SuggestedSkillId : Id<SuggestedSkillId> { using Id::Id; };

}  // namespace daybook::events

namespace daybook::events::issue {

BOOST_DEFINE_ENUM_CLASS(Type, task, story, bug, epic, feature, chore)
BOOST_DEFINE_ENUM_CLASS(Status, backlog, todo, draft, ready, in_progress, in_review, needs_approval, blocked, done, failed,
                        cancelled, archived)
BOOST_DEFINE_ENUM_CLASS(Priority, none, low, medium, high, urgent)
BOOST_DEFINE_ENUM_CLASS(AssigneeType, user, agent)
BOOST_DEFINE_ENUM_CLASS(DependencyType, blocks, blocked_by, related)
BOOST_DEFINE_ENUM_CLASS(ExecutionType, serial, parallel)

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
  std::optional<std::string> generated_prompt;
  std::optional<std::string> ai_provider;
  std::optional<Json> mcp_config;
  std::optional<ExecutionType> execution_type;
  std::optional<std::string> user_type;
  std::optional<std::string> user_story;
  std::optional<std::string> benefit;
  std::optional<std::string> color;              // this and the next: of an epic only
  std::optional<text::Date> start_date;
  std::optional<IssueId> epic_id;
  std::optional<Decimal> estimated_cost;
  std::optional<std::string> estimated_cost_currency;
  std::optional<std::vector<std::string>> tags;
  std::optional<SprintId> sprint_id;
  std::optional<std::int64_t> numbers_skipped;   // before this one, by an import that keeps another system's numbers
  bool operator==(const Opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (number, identifier, title, issue_type, description, status, priority, project_id,
                                   parent_id, assignee_type, assignee_id, acceptance_criteria, estimated_minutes,
                                   story_points, due_at, custom_fields, position, generated_prompt, ai_provider, mcp_config,
                                   execution_type, user_type, user_story, benefit, color, start_date, epic_id,
                                   estimated_cost, estimated_cost_currency, tags, sprint_id, numbers_skipped))

struct Edited {
  static constexpr std::string_view type = "issue.edited";
  std::string title;
  Type issue_type = Type::task;
  std::optional<std::string> description;
  std::optional<std::string> acceptance_criteria;
  std::optional<Json> custom_fields;
  std::optional<std::string> generated_prompt;
  std::optional<std::string> ai_provider;
  std::optional<Json> mcp_config;
  std::optional<ExecutionType> execution_type;
  std::optional<std::string> user_type;
  std::optional<std::string> user_story;
  std::optional<std::string> benefit;
  std::optional<std::string> color;              // this and the next: of an epic only
  std::optional<text::Date> start_date;
  bool operator==(const Edited&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edited, (), (title, issue_type, description, acceptance_criteria, custom_fields, generated_prompt,
                                   ai_provider, mcp_config, execution_type, user_type, user_story, benefit, color,
                                   start_date))

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
  std::optional<Decimal> estimated_cost;
  std::optional<std::string> estimated_cost_currency;   // ISO 4217; set with the cost
  bool operator==(const Estimated&) const = default;
};
BOOST_DESCRIBE_STRUCT(Estimated, (), (story_points, estimated_minutes, estimated_cost, estimated_cost_currency))

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

struct EpicChanged {
  static constexpr std::string_view type = "issue.epic_changed";
  std::optional<IssueId> epic_id;
  bool operator==(const EpicChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(EpicChanged, (), (epic_id))

// Beside the status, which stays as it is.
struct Blocked {
  static constexpr std::string_view type = "issue.blocked";
  std::optional<std::string> blocked_reason;
  std::optional<IssueId> blocked_by_issue_id;
  bool operator==(const Blocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Blocked, (), (blocked_reason, blocked_by_issue_id))

struct Unblocked {
  static constexpr std::string_view type = "issue.unblocked";
  bool operator==(const Unblocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unblocked, (), ())

struct Tagged {
  static constexpr std::string_view type = "issue.tagged";
  std::string tag;
  bool operator==(const Tagged&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tagged, (), (tag))

struct Untagged {
  static constexpr std::string_view type = "issue.untagged";
  std::string tag;
  bool operator==(const Untagged&) const = default;
};
BOOST_DESCRIBE_STRUCT(Untagged, (), (tag))

// Its author is a user or unknown here: names stand with the user, in the log no others are kept.
struct CommitLinked {
  static constexpr std::string_view type = "issue.commit_linked";
  CommitId commit_id{};
  std::string sha;
  std::optional<std::string> message;
  std::optional<UserId> author_id;
  std::optional<text::Instant> committed_at;
  std::optional<std::string> url;
  bool operator==(const CommitLinked&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommitLinked, (), (commit_id, sha, message, author_id, committed_at, url))

struct CommitUnlinked {
  static constexpr std::string_view type = "issue.commit_unlinked";
  CommitId commit_id{};
  std::string sha;
  bool operator==(const CommitUnlinked&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommitUnlinked, (), (commit_id, sha))

// Begins to watch, or is told of changes from now on as `notify_on_update` says.
struct Watched {
  static constexpr std::string_view type = "issue.watched";
  WatcherId watcher_id{};
  UserId user_id{};
  bool notify_on_update = true;
  bool operator==(const Watched&) const = default;
};
BOOST_DESCRIBE_STRUCT(Watched, (), (watcher_id, user_id, notify_on_update))

struct Unwatched {
  static constexpr std::string_view type = "issue.unwatched";
  WatcherId watcher_id{};
  UserId user_id{};
  bool operator==(const Unwatched&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unwatched, (), (watcher_id, user_id))

// Carried: it was unfinished when its sprint ended and has been there since; this only says so, before something else happens to it.
struct SprintChanged {
  static constexpr std::string_view type = "issue.sprint_changed";
  std::optional<SprintId> sprint_id;
  std::optional<bool> carried;
  bool operator==(const SprintChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SprintChanged, (), (sprint_id, carried))

// What may help with it; how well, on whatever scale its sender has.
struct SkillSuggested {
  static constexpr std::string_view type = "issue.skill_suggested";
  SuggestedSkillId suggestion_id{};
  SkillId skill_id{};
  std::optional<double> relevance_score;
  bool operator==(const SkillSuggested&) const = default;
};
BOOST_DESCRIBE_STRUCT(SkillSuggested, (), (suggestion_id, skill_id, relevance_score))

struct SkillWithdrawn {
  static constexpr std::string_view type = "issue.skill_withdrawn";
  SuggestedSkillId suggestion_id{};
  SkillId skill_id{};
  bool operator==(const SkillWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(SkillWithdrawn, (), (suggestion_id, skill_id))

// The time of its due date is near: noted once for each due date that it is given.
struct DueApproached {
  static constexpr std::string_view type = "issue.due_approached";
  text::Instant due_at{};
  bool operator==(const DueApproached&) const = default;
};
BOOST_DESCRIBE_STRUCT(DueApproached, (), (due_at))

// Said by an import, of how the issue stood in the system that it comes from. Times are set, figures are added to what comes of
// entries and runs here.
struct BroughtForward {
  static constexpr std::string_view type = "issue.brought_forward";
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> completed_at;
  std::optional<std::int64_t> worked_seconds;  // beside what its time entries say
  std::optional<execution::Usage> token_usage;  // this and the next: beside what its runs say
  std::optional<Decimal> cost;
  std::optional<std::string> currency;  // of the cost, which stands with it or not at all
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (started_at, completed_at, worked_seconds, token_usage, cost,
                                       currency))

using Event = std::variant<Opened, Edited, StatusChanged, PriorityChanged, Assigned, Unassigned, Moved, Ranked,
                           ParentChanged, Estimated, DueChanged, LabelAttached, LabelDetached, DependencyAdded,
                           DependencyRemoved, Deleted, Restored, EpicChanged, Blocked, Unblocked, Tagged, Untagged,
                           CommitLinked, CommitUnlinked, Watched, Unwatched, SprintChanged, SkillSuggested, SkillWithdrawn,
                           DueApproached, BroughtForward>;

}  // namespace daybook::events::issue
