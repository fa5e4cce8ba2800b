#pragma once
// A comment after its events, with the reactions to it. Folded alike by decide and by the read models.
#include "events/comment/events.hpp"
#include "events/core/parts.hpp"

namespace daybook::events::comment {

// Who reacted with what, in the order they did.
using Reactions = std::map<std::string, std::vector<UserId>>;

struct Fields : Stamp {
  CommentId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  std::optional<CommentId> parent_id;
  ActorType author_type = ActorType::system;
  std::optional<PrincipalId> author_id;
  std::string content;
  ContentType content_type = ContentType::markdown;
  std::vector<UserId> mentions;
  std::optional<text::Instant> edited_at;
  std::optional<text::Instant> deleted_at;
  Reactions reactions;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, issue_id, parent_id, author_type, author_id, content, content_type,
                                        mentions, edited_at, deleted_at, reactions))

// Stamped by the event that made it: its version is the comment stream's.
struct Reaction : Stamp {
  ReactionId id{};
  WorkspaceId workspace_id{};
  CommentId comment_id{};
  UserId user_id{};
  std::string emoji;
  bool operator==(const Reaction&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reaction, (Stamp), (id, workspace_id, comment_id, user_id, emoji))

struct State : Fields {
  std::vector<Reaction> each_reaction;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (each_reaction))

inline const Reaction* find_part(const State& state, ReactionId id) { return part_with(state.each_reaction, id); }
inline const Reaction* find_reaction(const State& state, UserId user, std::string_view emoji) {
  return find_in(state.each_reaction, [&](const Reaction& reaction) { return reaction.user_id == user && reaction.emoji == emoji; });
}

void evolve(State&, const Posted&, const Envelope&);
void evolve(State&, const Edited&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const Reacted&, const Envelope&);
void evolve(State&, const ReactionWithdrawn&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::comment
