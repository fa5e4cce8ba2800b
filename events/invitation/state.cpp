#include "events/invitation/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::invitation {
namespace {

// Times are those of the log's clock: what is mailed counts from when it could be mailed.
template <class Mailed>
void mail(State& s, const Mailed& e, const Envelope& event) {
  take_fields(s, e);
  s.status = Status::open;
  s.sent_at = event.recorded_at;
  ++s.sent_count;
  s.closed_at.reset();
}

void close(State& s, Status status, const Envelope& event) {
  s.status = status;
  s.closed_at = event.occurred_at;
}

}  // namespace

void evolve(State& s, const Sent& e, const Envelope& event) {
  begin_state(s, event);
  mail(s, e, event);
}
void evolve(State& s, const Resent& e, const Envelope& event) { mail(s, e, event); }
void evolve(State& s, const Accepted& e, const Envelope& event) {
  s.accepted_by_id = e.user_id;
  close(s, Status::accepted, event);
}
void evolve(State& s, const Revoked&, const Envelope& event) { close(s, Status::revoked, event); }
void evolve(State& s, const Expired&, const Envelope& event) { close(s, Status::expired, event); }
void evolve(State& s, const Erased&, const Envelope& event) {
  erase_all(s.email, s.token_hash);
  s.erased_at = event.occurred_at;
}
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::invitation
