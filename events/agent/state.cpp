#include "events/agent/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::agent {
namespace {

void forget_token(State& s) {
  s.token_id.reset();
  s.token_issued_at.reset();
  s.token_digest.clear();
}

}  // namespace

void evolve(State& s, const Registered& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Reconfigured& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
// A token ends with its agent and does not come back with it.
void evolve(State& s, const Retired&, const Envelope& event) {
  s.deleted_at = event.occurred_at;
  forget_token(s);
}
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const TokenIssued& e, const Envelope& event) {
  take_fields(s, e);
  s.token_issued_at = event.recorded_at;
}
void evolve(State& s, const TokenRevoked&, const Envelope&) { forget_token(s); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told(s, e); }

}  // namespace daybook::events::agent
