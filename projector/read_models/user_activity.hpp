#pragma once
// When a person last did something: sent a command, signed in, had a token renewed. A row of its own, so that a person's version
// stays as it is; and told by the minute, so that it is written at most once in one. The newest of all moments wins in whatever
// order they come: a person acts in many workspaces, and one of these may be held and catch up later.
#include "events/user/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// Its id is the person's.
struct UserActivityRow {
  events::UserId id{};
  text::Instant last_active_at{};
  bool operator==(const UserActivityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(UserActivityRow, (), (id, last_active_at))

template <> const Table& table_of<UserActivityRow>();
ReadModel user_activity();

// They were active then.
void note_activity_of(events::UserId user, text::Instant at, StateStore& store);
// Whoever it was that did this, where a person did.
void note_user_activity(const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
