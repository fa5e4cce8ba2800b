#pragma once
// A user and their sessions. A user belongs to no workspace: these commands are admitted by being oneself, or
// by the superuser's route. Secrets never come here: passwords and tokens arrive as hashes, in members that
// no body can set.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/context.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/user/state.hpp"

namespace daybook::domain {

struct User {
  using State = events::user::State;
  using Event = events::user::Event;
  static constexpr auto stream_type = events::StreamType::user;
};

namespace user {

using events::user::Event;
using events::user::State;

inline constexpr std::chrono::seconds refresh_grace{
    10};                                          // in which the token before the current one still works
inline constexpr std::chrono::seconds mail_pause{60};  // in which a mail that was asked for is not asked for again
inline constexpr std::size_t sessions_max = 100;  // live ones of a user

// The one taken username that was asked for is refused; one made from the e-mail address gets a suffix.
struct Register {
  static constexpr std::string_view verb = "user.register";
  std::optional<events::UserId> id;
  Email email{};
  Password password{};  // hashed by the frame, wiped there, not looked at here
  std::optional<Username> username;
  std::optional<Name> full_name;
  std::optional<Timezone> timezone;
  std::optional<Locale> locale;
  // Not of the body:
  std::optional<std::string> password_hash;  // PHC text; without one, the first password comes by a reset
  bool pending = false;                      // until the address is confirmed
  events::WorkspaceId home_workspace_id{};   // the personal workspace, made in the same append
};
BOOST_DESCRIBE_STRUCT(Register, (), (id, email, password, username, full_name, timezone, locale))

struct ChangeProfile {
  static constexpr std::string_view verb = "user.change_profile";
  events::Patch<Email> email;
  events::Patch<Username> username;
  events::Patch<Name> full_name;
  events::Patch<Url> avatar;
  events::Patch<events::Json> preferences;
  events::Patch<Timezone> timezone;
  events::Patch<Locale> locale;
  events::Patch<bool> onboarding_completed;
  events::Patch<events::WorkspaceId> home_workspace_id;  // one that they are a member of
};
BOOST_DESCRIBE_STRUCT(ChangeProfile, (),
                      (email, username, full_name, avatar, preferences, timezone, locale,
                       onboarding_completed, home_workspace_id))

struct ChangeEmail {
  static constexpr std::string_view verb = "user.change_email";
  Email email{};
};
BOOST_DESCRIBE_STRUCT(ChangeEmail, (), (email))

// Ends every session but the caller's own.
struct ChangePassword {
  static constexpr std::string_view verb = "user.change_password";
  std::string current_password;
  Password new_password{};
  // Not of the body: the hash that current_password was found to match, and the new one's. Another change in
  // between is thereby noticed.
  std::string verified_hash;
  std::string new_hash;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, new_password))

// Refused for the sole owner of a workspace others may be in. Ends every session.
struct Delete {
  static constexpr std::string_view verb = "user.delete";
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "user.restore";
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

// A superuser's, of whoever was deleted: what is personal can be read by nobody any more, and address and username are free.
struct Erase {
  static constexpr std::string_view verb = "user.erase";
};
BOOST_DESCRIBE_STRUCT(Erase, (), ())

struct GrantSuperuser {
  static constexpr std::string_view verb = "user.grant_superuser";
};
BOOST_DESCRIBE_STRUCT(GrantSuperuser, (), ())

struct RevokeSuperuser {
  static constexpr std::string_view verb = "user.revoke_superuser";
};
BOOST_DESCRIBE_STRUCT(RevokeSuperuser, (), ())

// After the password was found right. `verified_hash` as in ChangePassword; unset right after registration.
struct StartSession {
  static constexpr std::string_view verb = "user.start_session";
  events::SessionId session_id{};
  std::string refresh_token_hash;
  std::optional<std::string> user_agent;
  std::optional<std::string> address;
  text::Instant expires_at{};
  std::optional<std::string> verified_hash;
};

struct RefreshSession {
  static constexpr std::string_view verb = "user.refresh_session";
  events::SessionId session_id{};
  std::string presented_hash;  // of the token shown
  std::string next_hash;       // of the token to be given
  text::Instant expires_at{};
};

// With its refresh token; what is unknown, ended or does not match changes nothing.
struct LogOut {
  static constexpr std::string_view verb = "user.log_out";
  events::SessionId session_id{};
  std::string presented_hash;
};

// One's own, by id, from the list of sessions.
struct RevokeSession {
  static constexpr std::string_view verb = "user.revoke_session";
  events::SessionId session_id{};
};

// A mail with a token goes to the address; asked for again within the pause, the first is on its way. The token's members are
// not of any body.
struct RequestVerification {
  static constexpr std::string_view verb = "user.request_verification";
  events::MailedTokenId token_id{};
  std::string token_hash;
  text::Instant expires_at{};
};

// Whoever has the mail has the address; who waited for that is active now.
struct VerifyEmail {
  static constexpr std::string_view verb = "user.verify_email";
  events::MailedTokenId token_id{};
  std::string presented_hash;
};

// Says nothing about whether there is anybody to reset.
struct RequestPasswordReset {
  static constexpr std::string_view verb = "user.request_password_reset";
  events::MailedTokenId token_id{};
  std::string token_hash;
  text::Instant expires_at{};
};

// Ends every session and the lock, and proves the address, too.
struct ResetPassword {
  static constexpr std::string_view verb = "user.reset_password";
  events::MailedTokenId token_id{};
  std::string presented_hash;
  std::string new_hash;
};

// How many wrong passwords in a row lock an account, and for how long.
struct LockPolicy {
  std::int64_t failures = 5;
  std::chrono::seconds duration{3600};
};

// After the password was found wrong.
struct FailSignIn {
  static constexpr std::string_view verb = "user.fail_sign_in";
  LockPolicy policy;
};

// A refresh may be refused and still be something that happened: a token shown a second time ends its
// session, and that must be written. So the frame appends `events` in every case, and then answers with
// `rejection` if there is one.
struct RefreshDecision {
  std::vector<Event> events;
  std::optional<Rejection> rejection;
};

// The two refusals of a refresh: the token is not, or no longer, one of ours; or it was rotated away before.
Rejection invalid_refresh_token();
Rejection refresh_token_reused();
// One answer for every failed sign-in, and one for every token of a mail that proves nothing.
Rejection invalid_credentials();
Rejection invalid_mailed_token();

Decision<Event> decide(const State&, const Register&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeProfile&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeEmail&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangePassword&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Erase&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const GrantSuperuser&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RevokeSuperuser&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const StartSession&, const CommandContext&, const Facts&);
RefreshDecision decide(const State&, const RefreshSession&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const LogOut&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RevokeSession&, const CommandContext&, const Facts&);

Decision<Event> decide(const State&, const RequestVerification&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const VerifyEmail&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RequestPasswordReset&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ResetPassword&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const FailSignIn&, const CommandContext&, const Facts&);

// Ends every session that still lives, but for the one.
void revoke_sessions(const State& state, std::optional<events::SessionId> but, events::user::RevokedBecause reason,
                     std::vector<Event>& events);
// Lays the patch over where they are at home, which is where they are a member.
void put_home(const State& state, const events::Patch<events::WorkspaceId>& patch, const Facts& facts,
              FieldRefusals& refusals, std::vector<Event>& events);

inline bool is_there(const State& state) { return state.version.value > 0 && !state.deleted_at; }
// Whether the account is locked at the time.
bool is_locked(const State& state, text::Instant now);

}  // namespace user

// All in this namespace, where apply_event finds them.
void effects(const user::State&, const events::user::Registered&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::ProfileChanged&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::EmailChanged&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::Deleted&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::Restored&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::Erased&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::ExternalAccountLinked&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::ExternalAccountUnlinked&, const events::Envelope&, Effects&);
// Of notifications: which there are, what was read and dismissed (notifications.cpp).
void effects(const user::State&, const events::user::NotificationRaised&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::NotificationRead&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::NotificationDismissed&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::NotificationRestored&, const events::Envelope&, Effects&);
// Of what is one's own: which there are (integrations.cpp, ai_providers.cpp).
void effects(const user::State&, const events::user::IntegrationConnected&, const events::Envelope&, Effects&);
void effects(const user::State&, const events::user::AiProviderAdded&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::user::PasswordChanged, events::user::SuperuserGranted, events::user::SuperuserRevoked,
                 events::user::SessionStarted, events::user::SessionRefreshed, events::user::SessionRevoked,
                 events::user::VerificationRequested, events::user::EmailVerified, events::user::PasswordResetRequested,
                 events::user::SignInFailed, events::user::Locked, events::user::Unlocked, events::user::Activated, events::user::Deactivated,
                 events::user::RoleChanged, events::user::HomeWorkspaceChanged, events::user::NotificationsRead,
                 events::user::IntegrationReconfigured, events::user::IntegrationCredentialsReplaced, events::user::IntegrationEnabled,
                 events::user::IntegrationDisabled, events::user::IntegrationSynced, events::user::IntegrationRemoved,
                 events::user::IntegrationRestored, events::user::AiProviderReconfigured, events::user::AiProviderBudgetSet,
                 events::user::AiProviderCredentialsReplaced, events::user::AiProviderPricesSet, events::user::AiProviderTested,
                 events::user::AiProviderEnabled, events::user::AiProviderDisabled, events::user::AiProviderRemoved,
                 events::user::AiProviderRestored, events::user::BroughtForward, events::user::IntegrationBroughtForward,
                 events::user::AiProviderBroughtForward> E>
void effects(const user::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<User>();

}  // namespace daybook::domain
