#pragma once
// A comment on an issue, and the reactions to it. Only its author edits it; its author or an admin deletes and restores it.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/comment/state.hpp"

namespace daybook::domain {

struct Comment {
  using State = events::comment::State;
  using Event = events::comment::Event;
  static constexpr auto stream_type = events::StreamType::comment;
};

namespace comment {

using events::comment::ContentType;
using events::comment::Event;
using events::comment::State;

inline constexpr std::size_t mentions_max = 100;  // people named in one comment
inline constexpr std::size_t reactions_max = 1'000;  // to one comment

// Mentions of people who are not members are dropped.
struct Post {
  static constexpr std::string_view verb = "comment.post";
  static constexpr Permission permission = Permission::comments_write;
  using Birth = events::comment::Posted;
  std::optional<events::CommentId> id;
  std::optional<IssueRef> issue_id;            // filled from the path, or named in a bulk command
  std::optional<events::CommentId> parent_id;  // of the same issue
  Content content{};
  std::optional<ContentType> content_type;
  std::optional<std::vector<events::UserId>> mentions;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, issue_id, parent_id, content, content_type, mentions))

struct Edit {
  static constexpr std::string_view verb = "comment.edit";
  static constexpr Permission permission = Permission::comments_write;
  events::Patch<Content> content;
  events::Patch<ContentType> content_type;
  events::Patch<std::vector<events::UserId>> mentions;
};
BOOST_DESCRIBE_STRUCT(Edit, (), (content, content_type, mentions))

struct Delete {
  static constexpr std::string_view verb = "comment.delete";
  static constexpr Permission permission = Permission::comments_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "comment.restore";
  static constexpr Permission permission = Permission::comments_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

// One's own; a second one with the same emoji changes nothing.
struct React {
  static constexpr std::string_view verb = "comment.react";
  static constexpr Permission permission = Permission::comments_write;
  Emoji emoji{};
};
BOOST_DESCRIBE_STRUCT(React, (), (emoji))

struct WithdrawReaction {
  static constexpr std::string_view verb = "comment.withdraw_reaction";
  static constexpr Permission permission = Permission::comments_write;
  Emoji emoji{};
};
BOOST_DESCRIBE_STRUCT(WithdrawReaction, (), (emoji))

Decision<Event> decide(const State&, const Post&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Edit&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const React&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const WithdrawReaction&, const CommandContext&, const Facts&);

bool repeats(const events::comment::Posted& first, const Post& again, const CommandContext&, const Facts&);

}  // namespace comment

void effects(const comment::State&, const events::comment::Posted&, const events::Envelope&, Effects&);
void effects(const comment::State&, const events::comment::Deleted&, const events::Envelope&, Effects&);
void effects(const comment::State&, const events::comment::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::comment::Edited, events::comment::Reacted, events::comment::ReactionWithdrawn,
                 events::comment::BroughtForward> E>
void effects(const comment::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Comment>();

}  // namespace daybook::domain
