#include "projector/read_models/user_activity.hpp"

namespace daybook::projector {

template <>
const Table& table_of<UserActivityRow>() {
  static const auto t = without_versions(table<UserActivityRow>(97, "user_activity", {}, {}));
  return t;
}

ReadModel user_activity() { return {{&table_of<UserActivityRow>()}}; }

void note_activity_of(events::UserId user, text::Instant at, StateStore& store) {
  const auto row = store.get<UserActivityRow>(user.value);
  if (!row || row->last_active_at < at) store.put(UserActivityRow{user, at});
}

void note_user_activity(const events::Envelope& e, StateStore& store) {
  const bool by_person = e.origin == events::Origin::command && e.actor_type == events::ActorType::user && e.actor_id;
  if (by_person) note_activity_of(events::UserId{e.actor_id->value}, std::chrono::floor<std::chrono::minutes>(e.recorded_at), store);
}

}  // namespace daybook::projector
