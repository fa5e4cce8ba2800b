#pragma once
// What happens to a comment and to the reactions to it. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::comment {

BOOST_DEFINE_ENUM_CLASS(ContentType, markdown, text)

struct Posted {
  static constexpr std::string_view type = "comment.posted";
  IssueId issue_id{};
  std::optional<CommentId> parent_id;
  std::string content;
  ContentType content_type = ContentType::markdown;
  std::vector<UserId> mentions;
  bool operator==(const Posted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Posted, (), (issue_id, parent_id, content, content_type, mentions))

struct Edited {
  static constexpr std::string_view type = "comment.edited";
  std::string content;
  ContentType content_type = ContentType::markdown;
  std::vector<UserId> mentions;
  bool operator==(const Edited&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edited, (), (content, content_type, mentions))

struct Deleted {
  static constexpr std::string_view type = "comment.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "comment.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// One of these stands for each person and emoji.
struct Reacted {
  static constexpr std::string_view type = "comment.reacted";
  ReactionId reaction_id{};
  UserId user_id{};
  std::string emoji;
  bool operator==(const Reacted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reacted, (), (reaction_id, user_id, emoji))

struct ReactionWithdrawn {
  static constexpr std::string_view type = "comment.reaction_withdrawn";
  ReactionId reaction_id{};
  UserId user_id{};
  std::string emoji;
  bool operator==(const ReactionWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReactionWithdrawn, (), (reaction_id, user_id, emoji))

// Said by an import, of how the comment stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "comment.brought_forward";
  std::optional<text::Instant> edited_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (edited_at))

using Event = std::variant<Posted, Edited, Deleted, Restored, Reacted, ReactionWithdrawn, BroughtForward>;

}  // namespace daybook::events::comment
