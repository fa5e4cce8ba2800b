#pragma once
// A user after their events, with their sessions and what they have of their own. Folded alike by decide (personal fields opened) and by the read
// models (personal fields sealed).
#include "events/ai_provider/state.hpp"
#include "events/core/stamp.hpp"
#include "events/integration/state.hpp"
#include "events/user/events.hpp"

namespace daybook::events::user {

// What everyone in a shared workspace may see, less what is personal: that stands in `people`.
struct Fields : Stamp {
  UserId id{};
  Status status = Status::active;
  Role role = Role::member;
  std::optional<Json> preferences;
  std::string timezone = "UTC";
  std::string locale = "en";
  bool onboarding_completed = false;
  bool email_verified = false;
  bool is_superuser = false;
  WorkspaceId home_workspace_id{};
  std::optional<text::Instant> deleted_at;
  std::optional<text::Instant> locked_until;
  std::optional<text::Instant> erased_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, status, role, preferences, timezone, locale, onboarding_completed, email_verified,
                                        is_superuser, home_workspace_id, deleted_at, locked_until, erased_at))

struct Session {
  SessionId id{};
  Personal refresh_token_hash;
  std::optional<Personal> previous_token_hash;   // good for a short grace after a refresh
  std::optional<Personal> user_agent;
  std::optional<Personal> address;
  text::Instant started_at{};
  text::Instant refreshed_at{};
  text::Instant expires_at{};
  std::int64_t refresh_count = 0;
  std::optional<RevokedBecause> revoked;
  bool operator==(const Session&) const = default;
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, refresh_token_hash, previous_token_hash, user_agent, address, started_at,
                                    refreshed_at, expires_at, refresh_count, revoked))

// What a mail asks to be sent back, once.
struct MailedToken {
  MailedTokenId id{};
  Personal hash;
  text::Instant requested_at{};
  text::Instant expires_at{};
  bool operator==(const MailedToken&) const = default;
};
BOOST_DESCRIBE_STRUCT(MailedToken, (), (id, hash, requested_at, expires_at))

struct State : Fields {
  Personal email;
  Personal username;
  std::optional<Personal> full_name;
  std::optional<Personal> avatar;
  std::optional<Personal> google_id;
  std::optional<Personal> password_hash;
  std::vector<Session> sessions;                 // live ones; a revoked one stays until it would have expired
  std::optional<MailedToken> verification, password_reset;
  std::int64_t failed_sign_ins = 0;              // since the last that did not fail
  StreamVersion last_notified{};                 // of the newest notification; which there are is for claims to say
  StreamVersion all_read{};                      // every notification before this one is read
  std::vector<integration::State> integrations;  // one's own, removed ones too
  std::vector<ai_provider::State> ai_providers;
  Stamp profile;                                 // as it was before what came last and changed nothing that a person shows
  StreamVersion beside{};                        // of the last event that changed nothing of it
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (email, username, full_name, avatar, google_id, password_hash, sessions, verification, password_reset, failed_sign_ins,
                                last_notified, all_read, integrations, ai_providers, profile, beside))

// The person's own version, which If-Match is compared with. What they are told, where they are signed in and what they have beside
// their profile comes and goes without it, and shows itself elsewhere.
const Stamp& profile_stamp(const State& state);
// Whether an event leaves that version as it is.
bool is_beside_profile(const Event& what, const Envelope& event);

const Session* find_session(const State& state, SessionId id);
const integration::State* find_part(const State& state, IntegrationId id);
const ai_provider::State* find_part(const State& state, AiProviderId id);

void evolve(State&, const Registered&, const Envelope&);
void evolve(State&, const ProfileChanged&, const Envelope&);
void evolve(State&, const EmailChanged&, const Envelope&);
void evolve(State&, const PasswordChanged&, const Envelope&);
void evolve(State&, const SuperuserGranted&, const Envelope&);
void evolve(State&, const SuperuserRevoked&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const SessionStarted&, const Envelope&);
void evolve(State&, const SessionRefreshed&, const Envelope&);
void evolve(State&, const SessionRevoked&, const Envelope&);
void evolve(State&, const VerificationRequested&, const Envelope&);
void evolve(State&, const EmailVerified&, const Envelope&);
void evolve(State&, const PasswordResetRequested&, const Envelope&);
void evolve(State&, const SignInFailed&, const Envelope&);
void evolve(State&, const Locked&, const Envelope&);
void evolve(State&, const Unlocked&, const Envelope&);
void evolve(State&, const Activated&, const Envelope&);
void evolve(State&, const Deactivated&, const Envelope&);
void evolve(State&, const RoleChanged&, const Envelope&);
void evolve(State&, const HomeWorkspaceChanged&, const Envelope&);
void evolve(State&, const ExternalAccountLinked&, const Envelope&);
void evolve(State&, const ExternalAccountUnlinked&, const Envelope&);
void evolve(State&, const NotificationRaised&, const Envelope&);
void evolve(State&, const NotificationRead&, const Envelope&);
void evolve(State&, const NotificationsRead&, const Envelope&);
void evolve(State&, const NotificationDismissed&, const Envelope&);
void evolve(State&, const NotificationRestored&, const Envelope&);
void evolve(State&, const IntegrationConnected&, const Envelope&);
void evolve(State&, const IntegrationReconfigured&, const Envelope&);
void evolve(State&, const IntegrationCredentialsReplaced&, const Envelope&);
void evolve(State&, const IntegrationEnabled&, const Envelope&);
void evolve(State&, const IntegrationDisabled&, const Envelope&);
void evolve(State&, const IntegrationSynced&, const Envelope&);
void evolve(State&, const IntegrationRemoved&, const Envelope&);
void evolve(State&, const IntegrationRestored&, const Envelope&);
void evolve(State&, const AiProviderAdded&, const Envelope&);
void evolve(State&, const AiProviderReconfigured&, const Envelope&);
void evolve(State&, const AiProviderBudgetSet&, const Envelope&);
void evolve(State&, const AiProviderCredentialsReplaced&, const Envelope&);
void evolve(State&, const AiProviderPricesSet&, const Envelope&);
void evolve(State&, const AiProviderTested&, const Envelope&);
void evolve(State&, const AiProviderEnabled&, const Envelope&);
void evolve(State&, const AiProviderDisabled&, const Envelope&);
void evolve(State&, const AiProviderRemoved&, const Envelope&);
void evolve(State&, const AiProviderRestored&, const Envelope&);
void evolve(State&, const Erased&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);
void evolve(State&, const IntegrationBroughtForward&, const Envelope&);
void evolve(State&, const AiProviderBroughtForward&, const Envelope&);

}  // namespace daybook::events::user
