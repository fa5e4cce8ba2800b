#pragma once
// Sessions: what ends a token before its time, in every process that reads. Addresses and user agents stay sealed in the log.
#include "events/user/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct SessionRow : events::Stamp {
  events::SessionId id{};
  events::UserId user_id{};
  text::Instant refreshed_at{};
  text::Instant expires_at{};
  std::int64_t refresh_count = 0;
  std::optional<text::Instant> revoked_at;
  std::optional<events::user::RevokedBecause> revoked_because;
  bool operator==(const SessionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (events::Stamp),
                      (id, user_id, refreshed_at, expires_at, refresh_count, revoked_at, revoked_because))

template <> const Table& table_of<SessionRow>();
ReadModel sessions();

// What an event of the user does to their sessions.
void apply_session(const events::user::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
