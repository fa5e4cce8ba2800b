#include "command-service/domain/comment/comment.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {
namespace comment {
namespace {

bool is_author(const State& state, const CommandContext& context) {
  if (state.author_type == context.actor_type && state.author_id == context.actor_id) return true;
  const bool by_a_user = state.author_type == events::ActorType::user && state.author_id && context.user;
  return by_a_user && state.author_id->value == context.user->value;
}

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  if (is_author(state, context) || (context.role && allowed(Permission::comments_moderate, *context.role)))
    return std::nullopt;
  return forbidden("Only its author or an admin may do this to a comment.");
}

// The members among those named, each once, in the order they were named.
std::vector<events::UserId> members_among(const std::vector<events::UserId>& named,
                                          const CommandContext& context) {
  std::vector<events::UserId> members;
  for (const auto& user : named) {
    const bool again = std::find(members.begin(), members.end(), user) != members.end();
    if (!again && is_member(context, user)) members.push_back(user);
  }
  return members;
}

std::optional<Rejection> refuse_mentions(const std::optional<std::vector<events::UserId>>& mentions) {
  if (!mentions || mentions->size() <= mentions_max) return std::nullopt;
  return invalid("/mentions", "too-many", "At most 100 people can be mentioned in one comment.");
}

bool is_reply_here(events::CommentId parent, StreamId issue, const CommandContext& context,
                   const Facts& facts) {
  const auto stream = events::stream_of(parent);
  if (!facts.usable(events::StreamType::comment, stream, workspace_of(context).id)) return false;
  return facts.reference(stream)->container == issue;
}

}  // namespace

Decision<Event> decide(const State& state, const Post& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (!command.issue_id) return invalid("/issue_id", "required", "This field is required.");
  const auto issue = find_issue(command.issue_id->text, workspace_of(context).id, facts);
  if (!issue || !facts.usable(events::StreamType::issue, events::stream_of(*issue), workspace_of(context).id))
    return not_found("issue");
  if (auto refused = refuse_mentions(command.mentions)) return *refused;
  if (command.parent_id && !is_reply_here(*command.parent_id, events::stream_of(*issue), context, facts))
    return invalid("/parent_id", "unknown-reference", "There is no such comment on this issue.");

  auto posted = told<events::comment::Posted, &Post::issue_id, &Post::mentions>(command);
  posted.issue_id = *issue;
  posted.mentions = members_among(command.mentions.value_or(std::vector<events::UserId>{}), context);
  return std::vector<Event>{posted};
}

// Who of those mentioned was a member then is not asked again.
bool repeats(const events::comment::Posted& first, const Post& again, const CommandContext& context,
             const Facts& facts) {
  if (!again.issue_id || find_issue(again.issue_id->text, workspace_of(context).id, facts) != first.issue_id)
    return false;
  const auto named = again.mentions.value_or(std::vector<events::UserId>{});
  const bool all_named = std::all_of(first.mentions.begin(), first.mentions.end(), [&](const auto& user) {
    return std::find(named.begin(), named.end(), user) != named.end();
  });
  return all_named && again.parent_id == first.parent_id && again.content.text == first.content &&
         again.content_type.value_or(ContentType::markdown) == first.content_type;
}

Decision<Event> decide(const State& state, const Edit& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "comment", context, facts))
    return *refused;
  if (!is_author(state, context)) return forbidden("Only its author may edit a comment.");
  FieldRefusals refusals;
  const auto before = events::fields_as<events::comment::Edited>(state);
  auto edited = before;
  put_all<&Edit::mentions>(command, edited, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_mentions(command.mentions.value)) return *refused;
  if (command.mentions.sent)
    edited.mentions = members_among(command.mentions.value.value_or(std::vector<events::UserId>{}), context);
  if (edited == before) return std::vector<Event>{};
  return std::vector<Event>{edited};
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "comment", context, facts))
    return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  return std::vector<Event>{events::comment::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, events::stream_of(state.issue_id), "comment", context, facts))
    return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::comment::Restored{}};
}

Decision<Event> decide(const State& state, const React& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "comment", context, facts)) return *refused;
  const auto user = person_of(context);
  if (!user) return user.error();
  if (events::comment::find_reaction(state, *user, command.emoji.text) != nullptr) return std::vector<Event>{};
  if (state.each_reaction.size() >= reactions_max) return invalid("", "too-many", "A comment can have at most 1,000 reactions.");
  return std::vector<Event>{events::comment::Reacted{events::ReactionId{context.fresh_id}, *user, command.emoji.text}};
}

Decision<Event> decide(const State& state, const WithdrawReaction& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "comment", context, facts)) return *refused;
  const auto user = person_of(context);
  if (!user) return user.error();
  const auto* reaction = events::comment::find_reaction(state, *user, command.emoji.text);
  if (reaction == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::comment::ReactionWithdrawn{reaction->id, reaction->user_id, reaction->emoji}};
}

}  // namespace comment

void effects(const comment::State&, const events::comment::Posted& e, const events::Envelope&,
             Effects& effects) {
  effects.born(events::stream_of(e.issue_id));
}
void effects(const comment::State&, const events::comment::Deleted&, const events::Envelope&,
             Effects& effects) {
  effects.died();
}
void effects(const comment::State&, const events::comment::Restored&, const events::Envelope&,
             Effects& effects) {
  effects.revived();
}

template const AggregateOps& aggregate_ops<Comment>();

}  // namespace daybook::domain
