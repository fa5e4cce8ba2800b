#pragma once
// An issue with its label links, the dependencies written on it, its watchers, commits and suggested skills. References (project, parent, epic,
// assignee, label, depends_on, blocked_by) must be usable in the same workspace.
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
using events::issue::ExecutionType;
using events::issue::Priority;
using events::issue::State;
using events::issue::Status;
using events::issue::Type;

inline constexpr std::int64_t story_points_max = 100;
inline constexpr std::int64_t estimated_minutes_max = 10'000'000;  // 19 years
inline constexpr std::size_t labels_max = 200;                     // on one issue
inline constexpr std::size_t dependencies_max = 1000;              // written on one issue
inline constexpr std::size_t tags_max = 50;                        // on one issue
inline constexpr std::size_t watchers_max = 1000;                  // of one issue
inline constexpr std::size_t commits_max = 1000;                   // on one issue
inline constexpr std::size_t skills_max = 100;                     // suggested for one issue
inline constexpr double relevance_score_max = 100;                 // and not below 0
inline constexpr std::int64_t position_max = std::int64_t{1} << 62;  // and as far below zero

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
  std::optional<std::int64_t> position;       // left out: behind all that were opened before
  std::optional<IssueRef> epic_id;
  std::optional<Prompt> generated_prompt;
  std::optional<Name> ai_provider;
  std::optional<events::Json> mcp_config;
  std::optional<ExecutionType> execution_type;
  std::optional<Description> user_type;
  std::optional<Description> user_story;
  std::optional<Description> benefit;
  std::optional<Color> color;                 // this and the next: of an epic only
  std::optional<text::Date> start_date;
  std::optional<events::Decimal> estimated_cost;
  std::optional<Currency> estimated_cost_currency;  // left out: the workspace's
  std::optional<std::vector<Tag>> tags;
  std::optional<events::SprintId> sprint_id;  // of its project, and not ended
};
BOOST_DESCRIBE_STRUCT(Open, (),
                      (id, title, type, description, status, priority, project_id, parent_id, assignee_type,
                       assignee_id, acceptance_criteria, estimated_minutes, story_points, due_at,
                       custom_fields, position, epic_id, generated_prompt, ai_provider, mcp_config, execution_type,
                       user_type, user_story, benefit, color, start_date, estimated_cost, estimated_cost_currency,
                       tags, sprint_id))

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
  events::Patch<IssueRef> epic_id;
  events::Patch<Prompt> generated_prompt;
  events::Patch<Name> ai_provider;
  events::Patch<events::Json> mcp_config;
  events::Patch<ExecutionType> execution_type;
  events::Patch<Description> user_type;
  events::Patch<Description> user_story;
  events::Patch<Description> benefit;
  events::Patch<Color> color;                 // this and the next: of an epic only
  events::Patch<text::Date> start_date;
  events::Patch<events::Decimal> estimated_cost;
  events::Patch<Currency> estimated_cost_currency;
  events::Patch<std::vector<Tag>> tags;       // those it has from then on
  events::Patch<events::SprintId> sprint_id;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (title, type, description, status, priority, project_id, parent_id, assignee_type,
                       assignee_id, acceptance_criteria, estimated_minutes, story_points, due_at,
                       custom_fields, position, epic_id, generated_prompt, ai_provider, mcp_config, execution_type,
                       user_type, user_story, benefit, color, start_date, estimated_cost, estimated_cost_currency,
                       tags, sprint_id))

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

// Directly before or directly behind another issue of the workspace: exactly one of the two. Where there is no room between
// two places, those around make some.
struct Rank {
  static constexpr std::string_view verb = "issue.rank";
  static constexpr Permission permission = Permission::issues_write;
  std::optional<IssueRef> before;
  std::optional<IssueRef> after;
};
BOOST_DESCRIBE_STRUCT(Rank, (), (before, after))

// Says that work cannot go on, why and for want of which issue: at least one of the two. The status stays.
struct Block {
  static constexpr std::string_view verb = "issue.block";
  static constexpr Permission permission = Permission::issues_write;
  std::optional<Description> blocked_reason;
  std::optional<IssueRef> blocked_by_issue_id;
};
BOOST_DESCRIBE_STRUCT(Block, (), (blocked_reason, blocked_by_issue_id))

struct Unblock {
  static constexpr std::string_view verb = "issue.unblock";
  static constexpr Permission permission = Permission::issues_write;
};
BOOST_DESCRIBE_STRUCT(Unblock, (), ())

// Words that differ in case only are one tag.
struct AddTag {
  static constexpr std::string_view verb = "issue.tag";
  static constexpr Permission permission = Permission::issues_write;
  Tag tag{};
};
BOOST_DESCRIBE_STRUCT(AddTag, (), (tag))

// What it is not tagged with is as good as taken off.
struct RemoveTag {
  static constexpr std::string_view verb = "issue.untag";
  static constexpr Permission permission = Permission::issues_write;
  Tag tag{};
};
BOOST_DESCRIBE_STRUCT(RemoveTag, (), (tag))

// The author is someone registered, by id or by e-mail address, at most one of the two. Who is not registered stays unnamed.
struct LinkCommit {
  static constexpr std::string_view verb = "issue.link_commit";
  static constexpr Permission permission = Permission::issues_write;
  using Birth = events::issue::CommitLinked;
  static constexpr auto birth_id = &Birth::commit_id;
  std::optional<events::CommitId> id;
  CommitSha sha{};
  std::optional<Description> message;
  std::optional<events::UserId> author_id;
  std::optional<Email> author_email;
  std::optional<text::Instant> committed_at;
  std::optional<Url> url;
};
BOOST_DESCRIBE_STRUCT(LinkCommit, (), (id, sha, message, author_id, author_email, committed_at, url))

struct UnlinkCommit {
  static constexpr std::string_view verb = "issue.unlink_commit";
  static constexpr Permission permission = Permission::issues_write;
  events::CommitId commit_id{};
};
BOOST_DESCRIBE_STRUCT(UnlinkCommit, (), (commit_id))

// Oneself, or, by whoever may change issues, another member. Watching already: only whether to be told of changes is set.
struct Watch {
  static constexpr std::string_view verb = "issue.watch";
  static constexpr Permission permission = Permission::issues_watch;
  std::optional<events::UserId> user_id;
  std::optional<bool> notify_on_update;   // true where it is left out
};
BOOST_DESCRIBE_STRUCT(Watch, (), (user_id, notify_on_update))

struct Unwatch {
  static constexpr std::string_view verb = "issue.unwatch";
  static constexpr Permission permission = Permission::issues_watch;
  std::optional<events::UserId> user_id;
};
BOOST_DESCRIBE_STRUCT(Unwatch, (), (user_id))

// A skill of the workspace, or a listed one. Each once: another score is given after the first was withdrawn.
struct SuggestSkill {
  static constexpr std::string_view verb = "issue.suggest_skill";
  static constexpr Permission permission = Permission::issues_write;
  using Birth = events::issue::SkillSuggested;
  static constexpr auto birth_id = &Birth::suggestion_id;
  std::optional<events::SuggestedSkillId> id;
  events::SkillId skill_id{};
  std::optional<double> relevance_score;
};
BOOST_DESCRIBE_STRUCT(SuggestSkill, (), (id, skill_id, relevance_score))

// What is not suggested is as good as withdrawn.
struct WithdrawSkill {
  static constexpr std::string_view verb = "issue.withdraw_skill";
  static constexpr Permission permission = Permission::issues_write;
  events::SkillId skill_id{};
};
BOOST_DESCRIBE_STRUCT(WithdrawSkill, (), (skill_id))

// By the clock: notes that the due date is near, once for each, while the issue is open. Where nothing is left to do it is no
// refusal.
inline constexpr std::chrono::hours reminder_late_max{24 * 7};  // of a time that has passed so long ago nobody is told
struct Remind {
  std::chrono::seconds before{};
};
// What stands for this due date of this issue, where it is the cause of something.
text::Uuid due_date_of(events::IssueId issue, text::Instant due_at);

Decision<Event> decide(const State&, const Open&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Assign&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unassign&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Release&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Remind&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Move&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AttachLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DetachLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddDependency&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveDependency&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Block&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unblock&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddTag&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveTag&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const LinkCommit&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const UnlinkCommit&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Watch&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unwatch&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const SuggestSkill&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const WithdrawSkill&, const CommandContext&, const Facts&);
// `neighbour` is the issue that is named, as it stands.
WideDecision<Event> decide(const State&, const State& neighbour, const Rank&, const CommandContext&, const Facts&);
std::optional<events::IssueId> neighbour_of(const Rank&, const CommandContext&, const Facts&);

bool repeats(const events::issue::Opened& first, const Open& again, const CommandContext&, const Facts&);
bool repeats(const events::issue::LabelAttached& first, const AttachLabel& again, const CommandContext&, const Facts&);
bool repeats(const events::issue::DependencyAdded& first, const AddDependency& again, const CommandContext&, const Facts&);
bool repeats(const events::issue::CommitLinked& first, const LinkCommit& again, const CommandContext&, const Facts&);

}  // namespace issue

void effects(const issue::State&, const events::issue::Opened&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Moved&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::ParentChanged&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::DependencyAdded&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::DependencyRemoved&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Deleted&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Restored&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Edited&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Ranked&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::EpicChanged&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::StatusChanged&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::Estimated&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::SprintChanged&, const events::Envelope&, Effects&);
void effects(const issue::State&, const events::issue::BroughtForward&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::issue::PriorityChanged, events::issue::Assigned,
                 events::issue::Unassigned, events::issue::DueChanged,
                 events::issue::LabelAttached, events::issue::LabelDetached, events::issue::Blocked,
                 events::issue::Unblocked, events::issue::Tagged, events::issue::Untagged,
                 events::issue::CommitLinked, events::issue::CommitUnlinked, events::issue::Watched,
                 events::issue::Unwatched, events::issue::SkillSuggested, events::issue::SkillWithdrawn,
                 events::issue::DueApproached> E>
void effects(const issue::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Issue>();

}  // namespace daybook::domain
