#include "events/user/state.hpp"

#include "events/core/parts.hpp"

namespace daybook::events::user {
namespace {

Session* session_of(State& state, SessionId id) {
  return find_in(state.sessions, [&](const auto& session) { return session.id == id; });
}

// Keeps the list short: what has expired can neither be refreshed nor misused.
void drop_expired(State& state, text::Instant now) {
  std::erase_if(state.sessions, [&](const auto& session) { return session.expires_at < now; });
}

// To be called by the fold of what changes nothing that the person shows: their own version stays.
void stay(State& state, const Envelope& event) {
  state.profile = profile_stamp(state);
  state.beside = event.stream_version;
}

// What is one's own begins as a part of one's stream, and goes on as the same thing of a workspace does.
template <class Own>
Own& begin_own(State& state, std::vector<Own>& list, decltype(Own::id) id, const Envelope& event) {
  stay(state, event);
  auto& own = list.emplace_back();
  own.id = id;
  own.user_id = UserId{event.stream_id.value};
  own.created_by_type = event.actor_type;
  own.created_by_id = event.actor_id;
  stamp_event(own, event);
  return own;
}
template <class Own, class E>
void change_own(State& state, std::vector<Own>& list, decltype(Own::id) id, const E& e, const Envelope& event) {
  stay(state, event);
  change_part(list, id, event, [&](Own& own) { evolve(own, fields_as<typename E::Happened>(e), event); });
}

}  // namespace

const Stamp& profile_stamp(const State& state) {
  if (state.beside == state.version) return state.profile;
  return state;
}
bool is_beside_profile(const Event& what, const Envelope& event) {
  State state{};
  std::visit([&](const auto& e) { evolve(state, e, event); }, what);
  return state.beside == event.stream_version;
}

const Session* find_session(const State& state, SessionId id) { return part_with(state.sessions, id); }
const integration::State* find_part(const State& state, IntegrationId id) { return part_with(state.integrations, id); }
const ai_provider::State* find_part(const State& state, AiProviderId id) { return part_with(state.ai_providers, id); }

void evolve(State& s, const Registered& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const ProfileChanged& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const EmailChanged& e, const Envelope&) {
  s.email = e.email;
  s.email_verified = false;
  s.verification.reset();    // it was about another address
  s.password_reset.reset();
}
void evolve(State& s, const PasswordChanged& e, const Envelope&) {
  s.password_hash = e.password_hash;
  s.password_reset.reset();
  s.failed_sign_ins = 0;
}
void evolve(State& s, const SuperuserGranted&, const Envelope&) { s.is_superuser = true; }
void evolve(State& s, const SuperuserRevoked&, const Envelope&) { s.is_superuser = false; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

void evolve(State& s, const SessionStarted& e, const Envelope& event) {
  stay(s, event);
  drop_expired(s, event.recorded_at);
  Session session{};
  session.id = e.session_id;
  session.refresh_token_hash = e.refresh_token_hash;
  session.user_agent = e.user_agent;
  session.address = e.address;
  session.started_at = session.refreshed_at = event.recorded_at;
  session.expires_at = e.expires_at;
  s.sessions.push_back(std::move(session));
  s.failed_sign_ins = 0;
}
void evolve(State& s, const SessionRefreshed& e, const Envelope& event) {
  stay(s, event);
  auto* session = session_of(s, e.session_id);
  if (session == nullptr) return;
  session->previous_token_hash = session->refresh_token_hash;
  session->refresh_token_hash = e.refresh_token_hash;
  session->refreshed_at = event.recorded_at;
  session->expires_at = e.expires_at;
  ++session->refresh_count;
}
void evolve(State& s, const SessionRevoked& e, const Envelope& event) {
  stay(s, event);
  if (auto* session = session_of(s, e.session_id)) session->revoked = e.reason;
}

void evolve(State& s, const VerificationRequested& e, const Envelope& event) {
  stay(s, event);
  s.verification = MailedToken{e.token_id, e.token_hash, event.recorded_at, e.expires_at};
}
void evolve(State& s, const EmailVerified&, const Envelope&) {
  s.email_verified = true;
  s.verification.reset();
}
void evolve(State& s, const PasswordResetRequested& e, const Envelope& event) {
  stay(s, event);
  s.password_reset = MailedToken{e.token_id, e.token_hash, event.recorded_at, e.expires_at};
}
void evolve(State& s, const SignInFailed&, const Envelope& event) {
  stay(s, event);
  ++s.failed_sign_ins;
}
void evolve(State& s, const Locked& e, const Envelope&) {
  s.locked_until = e.until;
  s.failed_sign_ins = 0;
}
void evolve(State& s, const Unlocked&, const Envelope&) {
  s.locked_until.reset();
  s.failed_sign_ins = 0;
}
void evolve(State& s, const Activated&, const Envelope&) { s.status = Status::active; }
void evolve(State& s, const Deactivated&, const Envelope&) { s.status = Status::inactive; }
void evolve(State& s, const RoleChanged& e, const Envelope&) { s.role = e.role; }
void evolve(State& s, const HomeWorkspaceChanged& e, const Envelope&) { s.home_workspace_id = e.home_workspace_id; }

// Google is the one provider there is.
void evolve(State& s, const ExternalAccountLinked& e, const Envelope&) { s.google_id = e.account; }
void evolve(State& s, const ExternalAccountUnlinked&, const Envelope&) { s.google_id.reset(); }

// A person is told of things for years: their state holds no list of it.
void evolve(State& s, const NotificationRaised&, const Envelope& event) {
  stay(s, event);
  s.last_notified = event.stream_version;
}
void evolve(State& s, const NotificationRead&, const Envelope& event) { stay(s, event); }
void evolve(State& s, const NotificationsRead&, const Envelope& event) {
  stay(s, event);
  s.all_read = event.stream_version;
}
void evolve(State& s, const NotificationDismissed&, const Envelope& event) { stay(s, event); }
void evolve(State& s, const NotificationRestored&, const Envelope& event) { stay(s, event); }

void evolve(State& s, const IntegrationConnected& e, const Envelope& event) {
  connect(begin_own(s, s.integrations, e.integration_id, event), fields_as<integration::Connected>(e));
}
void evolve(State& s, const IntegrationReconfigured& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationCredentialsReplaced& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationEnabled& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationDisabled& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationSynced& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationRemoved& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const IntegrationRestored& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }

void evolve(State& s, const AiProviderAdded& e, const Envelope& event) {
  add(begin_own(s, s.ai_providers, e.ai_provider_id, event), fields_as<ai_provider::Added>(e));
}
void evolve(State& s, const AiProviderReconfigured& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderBudgetSet& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderCredentialsReplaced& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderPricesSet& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderTested& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderEnabled& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderDisabled& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderRemoved& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }
void evolve(State& s, const AiProviderRestored& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }

// What was sealed under the key leaves the state as well, and what they had set about themselves.
void evolve(State& s, const Erased&, const Envelope& event) {
  erase_all(s.email, s.username, s.full_name, s.avatar, s.google_id, s.password_hash);
  s.sessions.clear();
  s.verification.reset();
  s.password_reset.reset();
  for (auto& own : s.integrations) erase_all(own.sealed_credentials);
  for (auto& own : s.ai_providers) erase_all(own.sealed_api_key);
  s.preferences.reset();
  s.timezone = Registered{}.timezone;
  s.locale = Registered{}.locale;
  s.erased_at = event.occurred_at;
}
void evolve(State&, const BroughtForward&, const Envelope&) {}
void evolve(State& s, const IntegrationBroughtForward& e, const Envelope& event) { change_own(s, s.integrations, e.integration_id, e, event); }
void evolve(State& s, const AiProviderBroughtForward& e, const Envelope& event) { change_own(s, s.ai_providers, e.ai_provider_id, e, event); }

}  // namespace daybook::events::user
