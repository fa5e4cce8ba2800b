#pragma once
// An issue after its events, with its label links, dependencies, watchers, commits and suggested skills. Folded alike by decide and by the read models.
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
  std::optional<IssueId> epic_id;
  std::optional<std::string> generated_prompt;
  std::optional<std::string> ai_provider;
  std::optional<Json> mcp_config;
  ExecutionType execution_type = ExecutionType::serial;
  std::optional<std::string> user_type;         // a story: as a … I want … so that …
  std::optional<std::string> user_story;
  std::optional<std::string> benefit;
  std::optional<std::string> color;             // this and the next: of an epic
  std::optional<text::Date> start_date;
  std::optional<Decimal> estimated_cost;
  std::optional<std::string> estimated_cost_currency;
  std::optional<std::string> blocked_reason;
  std::optional<IssueId> blocked_by_issue_id;
  std::vector<std::string> tags;
  std::optional<SprintId> sprint_id;            // of its project
  std::optional<text::Instant> reminded_due_at; // the due date of which it was noted last that it is near
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, number, identifier, title, type, description, status,
                                        priority, parent_id, assignee_type, assignee_id, acceptance_criteria,
                                        estimated_minutes, story_points, due_at, custom_fields, position, created_by_type,
                                        created_by_id, started_at, completed_at, deleted_at, epic_id, generated_prompt, ai_provider,
                                        mcp_config, execution_type, user_type, user_story, benefit, color, start_date, estimated_cost,
                                        estimated_cost_currency, blocked_reason, blocked_by_issue_id, tags, sprint_id, reminded_due_at))

// Nothing more is to be done: it is not carried over when its sprint ends.
inline bool is_finished(Status status) { return status == Status::done || status == Status::cancelled || status == Status::archived; }

// What lives in the issue's stream. Each is stamped by the events that are about it: its version is the stream's.
struct LabelLink : Stamp {
  LabelLinkId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  LabelId label_id{};
  bool operator==(const LabelLink&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelLink, (Stamp), (id, workspace_id, issue_id, label_id))

struct Dependency : Stamp {
  DependencyId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  IssueId depends_on_id{};
  DependencyType dependency_type = DependencyType::blocks;
  bool operator==(const Dependency&) const = default;
};
BOOST_DESCRIBE_STRUCT(Dependency, (Stamp), (id, workspace_id, issue_id, depends_on_id, dependency_type))

struct Watcher : Stamp {
  WatcherId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  UserId user_id{};
  bool notify_on_update = true;
  bool operator==(const Watcher&) const = default;
};
BOOST_DESCRIBE_STRUCT(Watcher, (Stamp), (id, workspace_id, issue_id, user_id, notify_on_update))

struct Commit : Stamp {
  CommitId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  std::string sha;
  std::optional<std::string> message;
  std::optional<UserId> author_id;
  std::optional<text::Instant> committed_at;
  std::optional<std::string> url;
  bool operator==(const Commit&) const = default;
};
BOOST_DESCRIBE_STRUCT(Commit, (Stamp), (id, workspace_id, issue_id, sha, message, author_id, committed_at, url))

struct SuggestedSkill : Stamp {
  SuggestedSkillId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  SkillId skill_id{};
  std::optional<double> relevance_score;
  bool operator==(const SuggestedSkill&) const = default;
};
BOOST_DESCRIBE_STRUCT(SuggestedSkill, (Stamp), (id, workspace_id, issue_id, skill_id, relevance_score))

struct State : Fields {
  std::vector<LabelLink> labels;
  std::vector<Dependency> dependencies;          // those written on this issue
  std::vector<Watcher> watchers;
  std::vector<Commit> commits;
  std::vector<SuggestedSkill> skills;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (labels, dependencies, watchers, commits, skills))

const LabelLink* find_label_link(const State& state, LabelId label);
inline const LabelLink* find_part(const State& state, LabelLinkId id) { return part_with(state.labels, id); }
inline const Dependency* find_part(const State& state, DependencyId id) { return part_with(state.dependencies, id); }
inline const Watcher* find_part(const State& state, WatcherId id) { return part_with(state.watchers, id); }
inline const Commit* find_part(const State& state, CommitId id) { return part_with(state.commits, id); }
inline const SuggestedSkill* find_part(const State& state, SuggestedSkillId id) { return part_with(state.skills, id); }
const SuggestedSkill* find_suggestion(const State& state, SkillId skill);
const Watcher* find_watcher(const State& state, UserId user);

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
void evolve(State&, const SprintChanged&, const Envelope&);
void evolve(State&, const EpicChanged&, const Envelope&);
void evolve(State&, const Blocked&, const Envelope&);
void evolve(State&, const Unblocked&, const Envelope&);
void evolve(State&, const Tagged&, const Envelope&);
void evolve(State&, const Untagged&, const Envelope&);
void evolve(State&, const CommitLinked&, const Envelope&);
void evolve(State&, const CommitUnlinked&, const Envelope&);
void evolve(State&, const Watched&, const Envelope&);
void evolve(State&, const Unwatched&, const Envelope&);
void evolve(State&, const SkillSuggested&, const Envelope&);
void evolve(State&, const SkillWithdrawn&, const Envelope&);
void evolve(State&, const DueApproached&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::issue
