#pragma once
// What a person is told. Nobody raises a notification but the system, for something that happened; whoever is told reads and
// dismisses their own. Which notifications there are, which of them were read by themselves and which dismissed is claimed by
// their ids, so that the state does not grow with them.
#include "command-service/domain/user/user.hpp"

namespace daybook::domain {

namespace scope {
inline constexpr std::string_view notification_raised = "notification-raised";        // counter, by notification: the user's version then
inline constexpr std::string_view notification_read = "notification-read";            // by notification, read by itself
inline constexpr std::string_view notification_dismissed = "notification-dismissed";  // by notification, while it is
}  // namespace scope

namespace user {

using events::user::NotificationType;

inline constexpr std::size_t notification_title_characters_max = 255;
inline constexpr std::size_t notification_excerpt_characters_max = 200;  // of what somebody wrote

// The one notification that tells this person, in this way, of that cause: an event, or what several events are about. Raised
// once, however often it is tried.
events::NotificationId notification_of(events::UserId user, NotificationType type, text::Uuid cause);

// By the system. Nothing happens where the person did it themselves, does not wish to be told, may not know of what it is about,
// or was told before.
struct Notify {
  static constexpr std::string_view verb = "notification.raise";
  events::user::NotificationRaised what;
};

struct ReadNotification {
  static constexpr std::string_view verb = "notification.read";
  events::NotificationId notification_id{};
};

// Those that are there now; what is raised later is not read.
struct ReadNotifications {
  static constexpr std::string_view verb = "notification.read_all";
};

struct DismissNotification {
  static constexpr std::string_view verb = "notification.dismiss";
  events::NotificationId notification_id{};
};

struct RestoreNotification {
  static constexpr std::string_view verb = "notification.restore";
  events::NotificationId notification_id{};
};

Decision<Event> decide(const State&, const Notify&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReadNotification&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReadNotifications&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DismissNotification&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RestoreNotification&, const CommandContext&, const Facts&);

}  // namespace user
}  // namespace daybook::domain
