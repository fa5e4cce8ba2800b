#include "projector/read_models/notification.hpp"

#include "events/core/fields.hpp"

namespace daybook::projector {
namespace {

using namespace events::user;

struct OfNotification {
  const events::Envelope& e;
  StateStore& store;

  void operator()(const NotificationRaised& raised) const {
    NotificationRow row{};
    events::take_fields<&NotificationRaised::notification_id, &NotificationRaised::notification_type>(row, raised);
    row.id = raised.notification_id;
    row.type = raised.notification_type;
    row.user_id = events::UserId{e.stream_id.value};
    row.unread_by = row.user_id;
    put(std::move(row));
  }
  void operator()(const NotificationRead& read) const { change(read.notification_id, [&](auto& row) { mark(row); }); }
  void operator()(const NotificationsRead&) const {
    for (auto& row : store.each<NotificationRow>("unread", index_part(e.stream_id.value))) {
      mark(row);
      put(std::move(row));
    }
  }
  void operator()(const NotificationDismissed& dismissed) const {
    change(dismissed.notification_id, [&](auto& row) { row.deleted_at = e.occurred_at; });
  }
  void operator()(const NotificationRestored& restored) const {
    change(restored.notification_id, [](auto& row) { row.deleted_at.reset(); });
  }
  // The others are about the user.
  template <class Other>
  void operator()(const Other&) const {}

 private:
  void mark(NotificationRow& row) const {
    row.is_read = true;
    row.read_at = e.occurred_at;
    row.unread_by.reset();
  }
  void put(NotificationRow row) const {
    events::stamp_event(row, e);
    store.put(row);
  }
  template <class Change>
  void change(events::NotificationId id, Change change) const {
    auto row = store.get<NotificationRow>(id.value);
    if (!row) return;
    change(*row);
    put(std::move(*row));
  }
};

}  // namespace

template <>
const Table& table_of<NotificationRow>() {
  static const auto t = table<NotificationRow>(39, "notifications", {{"unread", {"unread_by"}, true}},
                                               {"user_id, created_at, id", "(user_id) WHERE NOT is_read AND deleted_at IS NULL", "related_project_id",
                                                "related_issue_id", "(read_models.number_of(id, born, 10))"});
  return t;
}

ReadModel notifications() { return {{&table_of<NotificationRow>()}}; }

void apply_notification(const events::user::Event& event, const events::Envelope& e, StateStore& store) {
  std::visit(OfNotification{e, store}, event);
}

}  // namespace daybook::projector
