// What is noted on an issue beside its fields: that it is blocked or nearly due, its tags, its commits, who watches it.
#include <algorithm>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/references.hpp"
#include "command-service/domain/issue/tags.hpp"
#include "platform/crypto/named_uuid.hpp"

namespace daybook::domain::issue {
namespace {

using events::issue::find_watcher;

std::optional<Rejection> refuse(const State& state, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, container_of(state), "issue", context, facts);
}

// Who watches: oneself, or whom the command names, which takes more than a viewer.
Result<events::UserId> watching(const std::optional<events::UserId>& named, const CommandContext& context) {
  const auto self = person_of(context);
  if (!self || !named || *named == *self) return self;
  if (context.role && allowed(Permission::issues_write, *context.role)) return *named;
  return forbidden("Only whoever may change issues says who else watches them.");
}

// Someone registered, whether or not a member of this workspace: commits outlive memberships.
std::optional<events::UserId> author_of(const LinkCommit& command, const Facts& facts, FieldRefusals& refusals) {
  if (command.author_id && command.author_email) {
    refusals.add("/author_email", "invalid", "Name the author by author_id or author_email, not by both.");
    return std::nullopt;
  }
  if (command.author_email) {
    const auto holder = facts.claimed_personal(scope::email, command.author_email->text);
    return holder && facts.open(*holder) ? std::optional(events::UserId{holder->value}) : std::nullopt;
  }
  if (!command.author_id) return std::nullopt;
  const auto found = facts.reference(events::stream_of(*command.author_id));
  if (found && found->type == events::StreamType::user && !found->deleted) return command.author_id;
  refusals.add("/author_id", "unknown-reference", "There is no such user.");
  return std::nullopt;
}

events::issue::CommitLinked told_commit(const LinkCommit& command) {
  auto linked = domain::told<events::issue::CommitLinked, &LinkCommit::author_email>(command);
  std::transform(linked.sha.begin(), linked.sha.end(), linked.sha.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return linked;
}

}  // namespace

text::Uuid due_date_of(events::IssueId issue, text::Instant due_at) {
  return crypto::named_uuid({"due date\n", issue.text(), "\n", text::format_instant(due_at)});
}

Decision<Event> decide(const State& state, const Remind& command, const CommandContext& context, const Facts& facts) {
  const bool is_near = state.due_at && context.now >= *state.due_at - command.before && context.now < *state.due_at + reminder_late_max;
  if (!is_near || state.reminded_due_at == state.due_at || events::issue::is_finished(state.status)) return std::vector<Event>{};
  if (refuse(state, context, facts)) return std::vector<Event>{};
  return std::vector<Event>{events::issue::DueApproached{*state.due_at}};
}

Decision<Event> decide(const State& state, const Block& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  FieldRefusals refusals;
  events::issue::Blocked blocked{plain(command.blocked_reason), std::nullopt};
  if (command.blocked_by_issue_id) {
    blocked.blocked_by_issue_id = References(context, facts).blocker(*command.blocked_by_issue_id, state, refusals);
    if (refusals.any()) return refusals.rejection();
  }
  if (!blocked.blocked_reason && !blocked.blocked_by_issue_id)
    return invalid("/blocked_reason", "required", "Say why, or for want of which issue.");
  if (state.blocked_reason == blocked.blocked_reason && state.blocked_by_issue_id == blocked.blocked_by_issue_id) return std::vector<Event>{};
  return std::vector<Event>{blocked};
}

Decision<Event> decide(const State& state, const Unblock&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  if (!state.blocked_reason && !state.blocked_by_issue_id) return std::vector<Event>{};
  return std::vector<Event>{events::issue::Unblocked{}};
}

Decision<Event> decide(const State& state, const AddTag& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  if (find_tag(state.tags, command.tag.text) != nullptr) return std::vector<Event>{};
  if (state.tags.size() >= tags_max) return invalid("", "too-many", "An issue can have at most 50 tags.");
  return std::vector<Event>{events::issue::Tagged{command.tag.text}};
}

Decision<Event> decide(const State& state, const RemoveTag& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  const auto* tag = find_tag(state.tags, command.tag.text);
  if (tag == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::issue::Untagged{*tag}};
}

Decision<Event> decide(const State& state, const LinkCommit& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  FieldRefusals refusals;
  auto linked = told_commit(command);
  linked.author_id = author_of(command, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  if (std::any_of(state.commits.begin(), state.commits.end(), [&](const auto& commit) { return commit.sha == linked.sha; }))
    return already_exists("/sha", "The issue has this commit already.");
  if (state.commits.size() >= commits_max) return invalid("", "too-many", "An issue can have at most 1,000 commits.");
  linked.commit_id = command.id.value_or(events::CommitId{context.fresh_id});
  if (events::issue::find_part(state, linked.commit_id) != nullptr) return id_taken();
  return std::vector<Event>{linked};
}

// An e-mail address counts by whom it names now: nothing else is kept of it.
bool repeats(const events::issue::CommitLinked& first, const LinkCommit& again, const CommandContext&, const Facts& facts) {
  FieldRefusals refusals;
  auto linked = told_commit(again);
  if (!again.author_id) linked.author_id = author_of(again, facts, refusals);
  linked.commit_id = first.commit_id;
  return linked == first;
}

Decision<Event> decide(const State& state, const UnlinkCommit& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  const auto* commit = events::issue::find_part(state, command.commit_id);
  if (commit == nullptr) return not_found("commit");
  return std::vector<Event>{events::issue::CommitUnlinked{commit->id, commit->sha}};
}

Decision<Event> decide(const State& state, const Watch& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  const auto user = watching(command.user_id, context);
  if (!user) return user.error();
  if (!is_member(context, *user)) return invalid("/user_id", "unknown-reference", "There is no such member of this workspace.");
  const auto* before = find_watcher(state, *user);
  const bool notify = command.notify_on_update.value_or(true);
  if (before != nullptr && before->notify_on_update == notify) return std::vector<Event>{};
  if (before == nullptr && state.watchers.size() >= watchers_max)
    return invalid("", "too-many", "An issue can have at most 1,000 watchers.");
  const auto id = before != nullptr ? before->id : events::WatcherId{context.fresh_id};
  return std::vector<Event>{events::issue::Watched{id, *user, notify}};
}

Decision<Event> decide(const State& state, const Unwatch& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse(state, context, facts)) return *refused;
  const auto user = watching(command.user_id, context);
  if (!user) return user.error();
  const auto* watcher = find_watcher(state, *user);
  if (watcher == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::issue::Unwatched{watcher->id, watcher->user_id}};
}

}  // namespace daybook::domain::issue
