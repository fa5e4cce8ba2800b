#include "events/webhook/state.hpp"

#include <algorithm>

#include "events/core/fields.hpp"

namespace daybook::events::webhook {
namespace {

void count_delivery(State& s, const Envelope& event) {
  ++s.delivery_count;
  s.last_triggered_at = std::max(s.last_triggered_at.value_or(event.occurred_at), event.occurred_at);
}

}  // namespace

void evolve(State& s, const Registered& e, const Envelope& event) {
  begin_state(s, event);
  take_fields<&Registered::secret>(s, e);
  s.signing_secret = e.secret;
}
void evolve(State& s, const Changed& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const SecretRotated& e, const Envelope&) { s.signing_secret = e.secret; }
void evolve(State& s, const Enabled&, const Envelope&) {
  s.is_enabled = true;
  s.failing_since.reset();  // it is given another chance
}
void evolve(State& s, const Disabled&, const Envelope&) { s.is_enabled = false; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const DeliverySucceeded&, const Envelope& event) {
  count_delivery(s, event);
  s.failing_since.reset();
}
void evolve(State& s, const DeliveryFailed&, const Envelope& event) {
  count_delivery(s, event);
  ++s.failure_count;
  if (!s.failing_since) s.failing_since = event.occurred_at;
}
// What failed was a delivery, too.
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  s.failure_count += e.failure_count.value_or(0);
  s.delivery_count += e.failure_count.value_or(0);
  s.last_triggered_at = std::max(s.last_triggered_at, e.last_triggered_at);
}

}  // namespace daybook::events::webhook
