#pragma once
// What people were told. Rows of the person's stream, so that they are theirs alone and no workspace tells of them.
#include "events/user/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// As its person reads it.
struct Notification : events::Stamp {
  events::NotificationId id{};
  events::UserId user_id{};
  events::WorkspaceId workspace_id{};
  events::user::NotificationType type{};
  std::string title;
  std::string content;
  std::optional<events::ProjectId> related_project_id;
  std::optional<events::IssueId> related_issue_id;
  std::optional<events::CommentId> related_comment_id;
  std::optional<std::string> action_url;
  std::optional<events::ActorType> caused_by_type;
  std::optional<events::PrincipalId> caused_by_id;
  bool is_read = false;
  std::optional<text::Instant> read_at;
  std::optional<text::Instant> deleted_at;  // dismissed
  bool operator==(const Notification&) const = default;
};
BOOST_DESCRIBE_STRUCT(Notification, (events::Stamp), (id, user_id, workspace_id, type, title, content, related_project_id, related_issue_id,
                                                      related_comment_id, action_url, caused_by_type, caused_by_id, is_read, read_at, deleted_at))

struct NotificationRow : Notification {
  std::optional<events::UserId> unread_by;  // its person until it is read: reading all finds these and no others
  bool operator==(const NotificationRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationRow, (Notification), (unread_by))

template <> const Table& table_of<NotificationRow>();
ReadModel notifications();

// What an event of the user does to what they were told.
void apply_notification(const events::user::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
