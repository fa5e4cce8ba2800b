#pragma once
// What every folded state and every row knows of the events that made it.
#include "events/core/envelope.hpp"

namespace daybook::events {

struct Stamp {
  StreamVersion version{};          // of the last event folded; 0 = nothing happened yet
  Position born{};                  // position of the first event
  Position changed{};               // position of the last event that changed it
  text::Instant created_at{};       // occurred_at of the first event
  text::Instant updated_at{};       // occurred_at of the last event
  bool operator==(const Stamp&) const = default;
};
BOOST_DESCRIBE_STRUCT(Stamp, (), (version, born, changed, created_at, updated_at))

inline void stamp_event(Stamp& stamp, const Envelope& event) {
  if (stamp.version.value == 0) {
    stamp.born = event.position;
    stamp.created_at = event.occurred_at;
  }
  stamp.version = event.stream_version;
  stamp.changed = event.position;
  stamp.updated_at = event.occurred_at;
}

}  // namespace daybook::events
