#include "events/ai_provider/state.hpp"

#include "events/core/fields.hpp"
#include "events/core/sealed.hpp"

namespace daybook::events::ai_provider {
namespace {

template <class E>
void take_api_key(State& s, const E& e) {
  s.sealed_api_key = e.api_key;
  s.api_key.reset();
  if (e.has_api_key) s.api_key = sealed_mark;
}

}  // namespace

void add(State& s, const Added& e) {
  take_fields<&Added::has_api_key, &Added::api_key>(s, e);
  take_api_key(s, e);
}

void evolve(State& s, const Added& e, const Envelope& event) {
  begin_state(s, event);
  add(s, e);
}
void evolve(State& s, const Reconfigured& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const BudgetSet& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const CredentialsReplaced& e, const Envelope&) { take_api_key(s, e); }
void evolve(State& s, const PricesSet& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Tested& e, const Envelope& event) {
  s.last_tested_at = event.occurred_at;
  s.last_error = e.last_error;
}
void evolve(State& s, const Enabled&, const Envelope&) { s.is_enabled = true; }
void evolve(State& s, const Disabled&, const Envelope&) { s.is_enabled = false; }
void evolve(State& s, const Removed&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told<&BroughtForward::current_spend>(s, e); }

}  // namespace daybook::events::ai_provider
