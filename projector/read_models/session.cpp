#include "projector/read_models/session.hpp"

namespace daybook::projector {
namespace {

using namespace events::user;

void put(SessionRow row, const events::Envelope& e, StateStore& store) {
  events::stamp_event(row, e);
  store.put(row);
}

struct OfSession {
  const events::Envelope& e;
  StateStore& store;

  void operator()(const SessionStarted& started) const {
    SessionRow row{};
    row.id = started.session_id;
    row.user_id = events::UserId{e.stream_id.value};
    row.refreshed_at = e.occurred_at;
    row.expires_at = started.expires_at;
    put(row, e, store);
  }
  void operator()(const SessionRefreshed& refreshed) const {
    auto row = store.get<SessionRow>(refreshed.session_id.value);
    if (!row) return;
    row->refreshed_at = e.occurred_at;
    row->expires_at = refreshed.expires_at;
    ++row->refresh_count;
    put(*row, e, store);
  }
  void operator()(const SessionRevoked& revoked) const {
    auto row = store.get<SessionRow>(revoked.session_id.value);
    if (!row) return;
    row->revoked_at = e.occurred_at;
    row->revoked_because = revoked.reason;
    put(*row, e, store);
  }
  // The others are about the user.
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

template <>
const Table& table_of<SessionRow>() {
  static const auto t = table<SessionRow>(13, "sessions", {}, {"user_id, created_at, id"});
  return t;
}

ReadModel sessions() { return {{&table_of<SessionRow>()}}; }

void apply_session(const events::user::Event& event, const events::Envelope& e, StateStore& store) {
  std::visit(OfSession{e, store}, event);
}

}  // namespace daybook::projector
