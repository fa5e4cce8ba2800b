#include "events/integration/state.hpp"

#include "events/core/fields.hpp"
#include "events/core/sealed.hpp"

namespace daybook::events::integration {
namespace {

// {"accessToken":"[sealed]"}
template <class E>
void take_credentials(State& s, const E& e) {
  s.sealed_credentials = e.credentials;
  std::map<std::string, std::string> shown;
  for (const auto& name : e.credential_names) shown[name] = sealed_mark;
  s.credentials.text = to_json(shown);
}

}  // namespace

void connect(State& s, const Connected& e) {
  s.type = e.integration_type;
  s.settings = e.settings;
  s.is_enabled = e.is_enabled;
  take_credentials(s, e);
}

void evolve(State& s, const Connected& e, const Envelope& event) {
  begin_state(s, event);
  connect(s, e);
}
void evolve(State& s, const Reconfigured& e, const Envelope&) { s.settings = e.settings; }
void evolve(State& s, const CredentialsReplaced& e, const Envelope&) { take_credentials(s, e); }
void evolve(State& s, const Enabled&, const Envelope&) { s.is_enabled = true; }
void evolve(State& s, const Disabled&, const Envelope&) { s.is_enabled = false; }
void evolve(State& s, const Synced& e, const Envelope&) { s.last_sync_at = e.last_sync_at; }
void evolve(State& s, const Removed&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const BroughtForward& e, const Envelope&) { take_told(s, e); }

}  // namespace daybook::events::integration
