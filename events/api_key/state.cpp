#include "events/api_key/state.hpp"

#include <algorithm>

#include "events/core/fields.hpp"

namespace daybook::events::api_key {

void evolve(State& s, const Issued& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Renamed& e, const Envelope&) { s.name = e.name; }
void evolve(State& s, const Used& e, const Envelope&) { s.last_used_at = e.last_used_at; }
void evolve(State& s, const Revoked&, const Envelope& event) {
  s.is_active = false;
  s.revoked_at = event.occurred_at;
}
void evolve(State& s, const Expired&, const Envelope&) { s.is_active = false; }
void evolve(State& s, const BroughtForward& e, const Envelope&) { s.last_used_at = std::max(s.last_used_at, e.last_used_at); }

}  // namespace daybook::events::api_key
