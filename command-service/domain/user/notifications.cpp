#include "command-service/domain/user/notifications.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "platform/crypto/named_uuid.hpp"

namespace daybook::domain {
namespace user {

// What people may set in their preferences about being told; where they say nothing, yes. `email` and `desktop` are for clients:
// whether a notification is also shown elsewhere.
struct NotificationWishes {
  std::optional<bool> mentions, assignments, reminders;
};
BOOST_DESCRIBE_STRUCT(NotificationWishes, (), (mentions, assignments, reminders))
struct Preferences {
  std::optional<NotificationWishes> notifications;
};
BOOST_DESCRIBE_STRUCT(Preferences, (), (notifications))

namespace {

// Preferences are free JSON: what has another form says nothing.
NotificationWishes wishes_of(const State& state) {
  Preferences preferences;
  if (!state.preferences || !events::from_json(state.preferences->text, preferences, events::Reading::lenient)) return {};
  return preferences.notifications.value_or(NotificationWishes{});
}

bool wishes_to_be_told(const State& state, NotificationType type) {
  const auto wishes = wishes_of(state);
  switch (type) {
    case NotificationType::mentioned:
    case NotificationType::comment_reply:
      return wishes.mentions.value_or(true);
    case NotificationType::task_assigned:
    case NotificationType::project_invite:
      return wishes.assignments.value_or(true);
    case NotificationType::task_completed:
    case NotificationType::task_updated:
    case NotificationType::webhook_disabled:
      return true;
    case NotificationType::due_date_reminder:
      return wishes.reminders.value_or(true);
  }
  return true;
}

bool did_it(const State& state, const events::user::NotificationRaised& what) {
  return what.caused_by_type == events::ActorType::user && what.caused_by_id && what.caused_by_id->value == state.id.value;
}

// What hides a notification where it is read keeps it from being raised.
bool may_know(const State& state, const events::user::NotificationRaised& what, const CommandContext& context, const Facts& facts) {
  const auto* member = events::workspace::find_member(workspace_of(context), state.id);
  if (member == nullptr) return false;
  auto theirs = context;
  theirs.user = state.id;
  theirs.role = member->role;
  const SeenFacts seen(facts, theirs);
  const auto is_open = [&](const auto& about) { return !about || seen.open(events::stream_of(*about)); };
  return seen.open(events::stream_of(what.workspace_id)) && is_open(what.related_project_id) && is_open(what.related_issue_id) &&
         is_open(what.related_comment_id);
}

bool is_dismissed(events::NotificationId id, const Facts& facts) { return facts.claimed(scope::notification_dismissed, id.text()).has_value(); }

// Whether it was raised for this person.
bool is_ones_own(const State& state, events::NotificationId id, const Facts& facts) {
  return is_there(state) && facts.claimed(scope::notification_cause, id.text()) == events::stream_of(state.id);
}

bool is_read(const State& state, events::NotificationId id, const Facts& facts) {
  return facts.counter(scope::notification_raised, events::stream_of(id)) < state.all_read.value ||
         facts.claimed(scope::notification_read, id.text()).has_value();
}

}  // namespace

events::NotificationId notification_of(events::UserId user, NotificationType type, text::Uuid cause) {
  return events::NotificationId{crypto::named_uuid({"notification\n", user.text(), "\n", events::word_of(type), "\n", cause.text()})};
}

Decision<Event> decide(const State& state, const Notify& command, const CommandContext& context, const Facts& facts) {
  const auto& what = command.what;
  const bool told_before = facts.claimed(scope::notification_cause, what.notification_id.text()).has_value();
  const bool wanted = is_there(state) && !did_it(state, what) && wishes_to_be_told(state, what.notification_type);
  if (!wanted || told_before || !may_know(state, what, context, facts)) return std::vector<Event>{};
  return std::vector<Event>{what};
}

Decision<Event> decide(const State& state, const ReadNotification& command, const CommandContext&, const Facts& facts) {
  const auto id = command.notification_id;
  if (!is_ones_own(state, id, facts) || is_dismissed(id, facts)) return not_found("notification");
  if (is_read(state, id, facts)) return std::vector<Event>{};
  return std::vector<Event>{events::user::NotificationRead{id}};
}

Decision<Event> decide(const State& state, const ReadNotifications&, const CommandContext&, const Facts&) {
  if (!is_there(state)) return not_found("user");
  if (state.last_notified <= state.all_read) return std::vector<Event>{};
  return std::vector<Event>{events::user::NotificationsRead{}};
}

Decision<Event> decide(const State& state, const DismissNotification& command, const CommandContext&, const Facts& facts) {
  const auto id = command.notification_id;
  if (!is_ones_own(state, id, facts) || is_dismissed(id, facts)) return not_found("notification");
  return std::vector<Event>{events::user::NotificationDismissed{id}};
}

Decision<Event> decide(const State& state, const RestoreNotification& command, const CommandContext&, const Facts& facts) {
  const auto id = command.notification_id;
  if (!is_ones_own(state, id, facts)) return not_found("notification");
  if (!is_dismissed(id, facts)) return std::vector<Event>{};
  return std::vector<Event>{events::user::NotificationRestored{id}};
}

}  // namespace user

void effects(const user::State&, const events::user::NotificationRaised& e, const events::Envelope& event, Effects& effects) {
  effects.claim(scope::notification_cause, e.notification_id.text(), "/notification_id");
  effects.count(scope::notification_raised, events::stream_of(e.notification_id), event.stream_version.value);
}
void effects(const user::State&, const events::user::NotificationRead& e, const events::Envelope&, Effects& effects) {
  effects.claim(scope::notification_read, e.notification_id.text(), "/notification_id");
}
void effects(const user::State&, const events::user::NotificationDismissed& e, const events::Envelope&, Effects& effects) {
  effects.claim(scope::notification_dismissed, e.notification_id.text(), "/notification_id");
}
void effects(const user::State&, const events::user::NotificationRestored& e, const events::Envelope&, Effects& effects) {
  effects.release(scope::notification_dismissed, e.notification_id.text());
}

}  // namespace daybook::domain
