#include "projector/read_models/user.hpp"

#include "projector/read_models/ai_provider.hpp"
#include "projector/read_models/integration.hpp"
#include "projector/read_models/notification.hpp"
#include "projector/read_models/session.hpp"
#include "projector/read_models/stream_rows.hpp"
#include "projector/read_models/user_activity.hpp"

namespace daybook::projector {
namespace {

// Where they came from, they may have been active before.
void note_brought_activity(const events::user::Event& event, const events::Envelope& e, StateStore& store) {
  const auto brought = std::visit(
      [](const auto& what) -> std::optional<text::Instant> {
        if constexpr (requires { what.last_active_at; }) return what.last_active_at;
        else return std::nullopt;
      },
      event);
  if (brought) note_activity_of(events::UserId{e.stream_id.value}, *brought, store);
}

void apply_user(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::user::Event>(e);
  if (!is_beside_profile(event, e)) fold_row<events::user::State, UserRow>(event, e, store);
  note_brought_activity(event, e, store);
  apply_session(event, e, store);
  apply_notification(event, e, store);
  apply_own_integration(event, e, store);
  apply_own_ai_provider(event, e, store);
}

}  // namespace

template <>
const Table& table_of<UserRow>() {
  static const auto t = table<UserRow>(1, "users", {}, {"created_at, id", "updated_at, id", "(read_models.number_of(id, born, 1))", "((id::text))"});
  return t;
}

ReadModel users() { return {{&table_of<UserRow>()}, events::StreamType::user, apply_user}; }

}  // namespace daybook::projector
