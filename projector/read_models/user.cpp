#include "projector/read_models/user.hpp"

#include "projector/read_models/ai_provider.hpp"
#include "projector/read_models/integration.hpp"
#include "projector/read_models/notification.hpp"
#include "projector/read_models/session.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_user(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::user::Event>(e);
  if (!is_beside_profile(event, e)) fold_row<events::user::State, UserRow>(event, e, store);
  apply_session(event, e, store);
  apply_notification(event, e, store);
  apply_own_integration(event, e, store);
  apply_own_ai_provider(event, e, store);
}

}  // namespace

template <>
const Table& table_of<UserRow>() {
  static const auto t = table<UserRow>(1, "users", {}, {"created_at, id", "updated_at, id"});
  return t;
}

ReadModel users() { return {{&table_of<UserRow>()}, events::StreamType::user, apply_user}; }

}  // namespace daybook::projector
