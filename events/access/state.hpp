#pragma once
// A day of refusals, of exports, of what an import noted, or of moves of a test's clock. Nothing asks what it comes to, so there is nothing to fold but which stream it is.
#include "events/access/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::access {

struct State : Stamp {
  AccessId id{};
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Stamp), (id))

inline void evolve(State& state, const SignInRefused&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const CommandDenied&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const Exported&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const ClockMoved&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const ActivityNoted&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const AuditNoted&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }
inline void evolve(State& state, const DatabaseImported&, const Envelope& event) { state.id = AccessId{event.stream_id.value}; }

}  // namespace daybook::events::access
