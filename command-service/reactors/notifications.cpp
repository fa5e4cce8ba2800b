// Who is told of what, and in which words. Whether they wish to be, may be and were not yet is decided under the log's lock. Of one
// cause a person is told in one way: the first that fits in the order of these functions. Titles hold no names of persons.
#include <algorithm>
#include <map>

#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/user/notifications.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {
namespace {

namespace issue = events::issue;
namespace comment = events::comment;
using domain::user::NotificationType;
using events::UserId;
using events::user::NotificationRaised;

// A notification in words; whom it is about and why stands beside it.
struct Words {
  NotificationType type{};
  std::string title, content;
};

// What is to be told of one cause, to each person at most once.
class Telling {
 public:
  // `about` names what the notification is about; `cause`, with the type, what it is raised once for.
  Telling(const Reaction& reaction, text::Uuid cause, NotificationRaised about) : reaction_(reaction), cause_(cause), about_(std::move(about)) {
    about_.workspace_id = reaction.workspace();
    about_.caused_by_type = reaction.cause.actor_type;
    about_.caused_by_id = reaction.cause.actor_id;
  }

  void tell(UserId user, const Words& words) { told_.try_emplace(user, words); }
  void tell(const std::optional<events::PrincipalId>& user, bool is_user, const Words& words) {
    if (user && is_user) tell(UserId{user->value}, words);
  }

  void send() {
    std::vector<log::Item> items;
    for (const auto& [user, words] : told_) {
      items.push_back(notifying(user, words));
      if (items.size() == commands_max) reaction_.send(std::exchange(items, {}));
    }
    if (!items.empty()) reaction_.send(std::move(items));
  }

 private:
  log::Item notifying(UserId user, const Words& words) const {
    domain::user::Notify command{about_};
    command.what.notification_id = domain::user::notification_of(user, words.type, cause_);
    command.what.notification_type = words.type;
    command.what.title = words.title;
    command.what.content = words.content;
    return {[stream = events::stream_of(user), workspace = about_.workspace_id, command](log::Settling& settling) -> domain::Result<log::Accepted> {
              auto context = system_context(settling);
              context.workspace = &settling.load<domain::Workspace>(events::stream_of(workspace));
              auto decided = decide(settling.load<domain::User>(stream), command, context, settling);
              if (!decided) return std::move(decided.error());
              // A person's stream is outside any workspace: what they are told is their own.
              if (auto done = settling.append<domain::User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
              return log::Accepted{200, events::StreamType::user, stream, stream.value, settling.load<domain::User>(stream).version, nullptr};
            },
            std::nullopt};
  }

  const Reaction& reaction_;
  text::Uuid cause_;
  NotificationRaised about_;
  std::map<UserId, Words> told_;
};

std::string path_of(events::WorkspaceId workspace, std::string_view kind, text::Uuid id) {
  return "/workspaces/" + workspace.text() + "/" + std::string(kind) + "/" + id.text();
}

// The beginning of a text, cut between characters.
std::string excerpt(std::string_view words) {
  std::size_t at = 0, characters = 0;
  for (; at < words.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(words[at]) & 0xC0) != 0x80;
    if (begins && characters++ == domain::user::notification_excerpt_characters_max) return std::string(words.substr(0, at)) + "…";
  }
  return std::string(words);
}

// Who watched by the time of the cause, and wishes to be told of changes.
void tell_watchers(const issue::State& of, const Reaction& reaction, const Words& words, Telling& telling) {
  for (const auto& watcher : of.watchers)
    if (watcher.notify_on_update && watcher.born <= reaction.cause.position) telling.tell(watcher.user_id, words);
}

// ---- issues ------------------------------------------------------------------------------------------------------

Words assigned_words(const issue::State& of) { return {NotificationType::task_assigned, of.identifier + " is assigned to you", of.title}; }

Words updated_words(const issue::State& of, const std::string& what) { return {NotificationType::task_updated, of.identifier + " " + what, of.title}; }

std::string status_words(issue::Status status) {
  std::string word(events::word_of(status));
  std::replace(word.begin(), word.end(), '_', ' ');
  return "is now " + word;
}

void tell_of_status(const issue::State& of, issue::Status status, const Reaction& reaction, Telling& telling) {
  if (status != issue::Status::done) return tell_watchers(of, reaction, updated_words(of, status_words(status)), telling);
  const Words done{NotificationType::task_completed, of.identifier + " is done", of.title};
  telling.tell(of.created_by_id, of.created_by_type == events::ActorType::user, done);
  telling.tell(of.assignee_id, of.assignee_type == issue::AssigneeType::user, done);
  tell_watchers(of, reaction, done, telling);
}

std::string day_and_time(text::Instant instant) { return text::format_instant(instant).substr(0, 16).replace(10, 1, " ") + " UTC"; }

// Whose it is, and who watches it. The cause is the due date, not the event: moved there and back, it is told once.
void tell_of_due_date(const issue::State& of, text::Instant due_at, const Reaction& reaction, Telling& telling) {
  const Words near{NotificationType::due_date_reminder, of.identifier + " is due " + day_and_time(due_at), of.title};
  telling.tell(of.assignee_id, of.assignee_type == issue::AssigneeType::user, near);
  tell_watchers(of, reaction, near, telling);
}

// What else of an issue its watchers are told of, in words.
const std::map<std::string_view, std::string>& other_changes() {
  static const std::map<std::string_view, std::string> words{
      {issue::Edited::type, "was edited"},          {issue::PriorityChanged::type, "has another priority"},
      {issue::Unassigned::type, "is unassigned"},   {issue::DueChanged::type, "has another due date"},
      {issue::Blocked::type, "is blocked"},         {issue::Unblocked::type, "is no longer blocked"},
  };
  return words;
}

// Of what was brought in nobody is told: it happened long ago. And most of the rest concerns nobody.
bool concerns_nobody(const Reaction& reaction) {
  const auto& cause = reaction.cause;
  if (cause.origin == events::Origin::import) return true;
  if (cause.type == issue::Opened::type) return !event_of<domain::Issue, issue::Opened>(cause).assignee_id;
  if (cause.type == issue::Assigned::type || cause.type == issue::DueApproached::type) return false;
  const bool is_done = cause.type == issue::StatusChanged::type && event_of<domain::Issue, issue::StatusChanged>(cause).status == issue::Status::done;
  return !is_done && !reaction.read.is_watched(events::IssueId{cause.stream_id.value});
}

void react_to_issue(const Reaction& reaction) {
  if (concerns_nobody(reaction)) return;
  const auto& cause = reaction.cause;
  const auto of = state_now<domain::Issue>(reaction, cause.stream_id);
  NotificationRaised about{};
  about.related_issue_id = of.id;
  about.action_url = path_of(reaction.workspace(), "issues", of.id.value);
  const auto due = cause.type == issue::DueApproached::type ? std::optional(event_of<domain::Issue, issue::DueApproached>(cause).due_at) : std::nullopt;
  Telling telling(reaction, due ? domain::issue::due_date_of(of.id, *due) : cause.event_id.value, std::move(about));
  if (due) {
    tell_of_due_date(of, *due, reaction, telling);
  } else if (cause.type == issue::Opened::type) {
    const auto opened = event_of<domain::Issue, issue::Opened>(cause);
    telling.tell(opened.assignee_id, opened.assignee_type == issue::AssigneeType::user, assigned_words(of));
  } else if (cause.type == issue::Assigned::type) {
    const auto assigned = event_of<domain::Issue, issue::Assigned>(cause);
    telling.tell(assigned.assignee_id, assigned.assignee_type == issue::AssigneeType::user, assigned_words(of));
    tell_watchers(of, reaction, updated_words(of, "is assigned to somebody"), telling);
  } else if (cause.type == issue::StatusChanged::type) {
    tell_of_status(of, event_of<domain::Issue, issue::StatusChanged>(cause).status, reaction, telling);
  } else {
    tell_watchers(of, reaction, updated_words(of, other_changes().at(cause.type)), telling);
  }
  telling.send();
}

// ---- comments ----------------------------------------------------------------------------------------------------

Words mentioned_words(const issue::State& on, const std::string& content) {
  return {NotificationType::mentioned, "You are mentioned on " + on.identifier, excerpt(content)};
}

// Who is mentioned is told once for a comment, however often that is edited: the comment is the cause.
void react_to_comment(const Reaction& reaction) {
  const auto& cause = reaction.cause;
  if (cause.origin == events::Origin::import) return;
  const bool is_new = cause.type == comment::Posted::type;
  const auto posted = is_new ? event_of<domain::Comment, comment::Posted>(cause) : comment::Posted{};
  const auto edited = is_new ? comment::Edited{} : event_of<domain::Comment, comment::Edited>(cause);
  const auto& mentions = is_new ? posted.mentions : edited.mentions;
  if (mentions.empty() && (!is_new || (!posted.parent_id && !reaction.read.is_watched(posted.issue_id)))) return;

  const auto on = state_now<domain::Issue>(
      reaction, is_new ? events::stream_of(posted.issue_id) : events::stream_of(state_now<domain::Comment>(reaction, cause.stream_id).issue_id));
  NotificationRaised about{};
  about.related_issue_id = on.id;
  about.related_comment_id = events::CommentId{cause.stream_id.value};
  about.action_url = path_of(reaction.workspace(), "comments", cause.stream_id.value);
  Telling telling(reaction, cause.stream_id.value, std::move(about));
  for (const auto user : mentions) telling.tell(user, mentioned_words(on, is_new ? posted.content : edited.content));
  if (is_new) {
    if (posted.parent_id) {
      const auto parent = state_now<domain::Comment>(reaction, events::stream_of(*posted.parent_id));
      telling.tell(parent.author_id, parent.author_type == events::ActorType::user,
                   {NotificationType::comment_reply, "Your comment on " + on.identifier + " was answered", excerpt(posted.content)});
    }
    tell_watchers(on, reaction, {NotificationType::task_updated, on.identifier + " has a new comment", excerpt(posted.content)}, telling);
  }
  telling.send();
}

// ---- projects ----------------------------------------------------------------------------------------------------

void react_to_project(const Reaction& reaction) {
  const auto& cause = reaction.cause;
  if (cause.origin == events::Origin::import) return;
  const auto of = state_now<domain::Project>(reaction, cause.stream_id);
  NotificationRaised about{};
  about.related_project_id = of.id;
  about.action_url = path_of(reaction.workspace(), "projects", of.id.value);
  Telling telling(reaction, cause.event_id.value, std::move(about));
  telling.tell(event_of<domain::Project, events::project::MemberAdded>(cause).user_id,
               {NotificationType::project_invite, "You are a member of project " + of.key, of.name});
  telling.send();
}

}  // namespace

Rule notify_of_issues() {
  Rule rule{"notify_of_issues", {issue::Opened::type, issue::Assigned::type, issue::StatusChanged::type, issue::DueApproached::type}, react_to_issue};
  for (const auto& [type, words] : other_changes()) rule.on.push_back(type);
  return rule;
}

Rule notify_of_comments() { return {"notify_of_comments", {comment::Posted::type, comment::Edited::type}, react_to_comment}; }

Rule notify_of_projects() { return {"notify_of_projects", {events::project::MemberAdded::type}, react_to_project}; }

}  // namespace daybook::reactors
