#pragma once
// What happens to a user, to their sessions, notifications, own integrations and configs of AI providers. Names and shapes are storage
// format: add optional members or a new event; never rename, retype or reuse. Every Personal is sealed under the user's own key.
#include "events/core/event_type.hpp"
#include "events/user/ai_providers.hpp"
#include "events/user/integrations.hpp"

namespace daybook::events::user {

BOOST_DEFINE_ENUM_CLASS(Role, admin, member, viewer)
BOOST_DEFINE_ENUM_CLASS(Status, pending, active, inactive)
BOOST_DEFINE_ENUM_CLASS(RevokedBecause, logout, reuse_detected, password_changed, revoked_by_user, account_deleted, account_deactivated)
BOOST_DEFINE_ENUM_CLASS(ExternalProvider, google)

struct Registered {
  static constexpr std::string_view type = "user.registered";
  Personal email;
  Personal username;
  std::optional<Personal> full_name;
  std::optional<Personal> password_hash;
  Status status = Status::active;
  Role role = Role::member;
  std::string timezone = "UTC";
  std::string locale = "en";
  WorkspaceId home_workspace_id{};
  bool operator==(const Registered&) const = default;
};
BOOST_DESCRIBE_STRUCT(Registered, (), (email, username, full_name, password_hash, status, role, timezone, locale, home_workspace_id))

struct ProfileChanged {
  static constexpr std::string_view type = "user.profile_changed";
  Personal username;
  std::optional<Personal> full_name;
  std::optional<Personal> avatar;
  std::optional<Json> preferences;
  std::string timezone = "UTC";
  std::string locale = "en";
  bool onboarding_completed = false;
  bool operator==(const ProfileChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProfileChanged, (), (username, full_name, avatar, preferences, timezone, locale, onboarding_completed))

struct EmailChanged {
  static constexpr std::string_view type = "user.email_changed";
  Personal email;
  bool operator==(const EmailChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(EmailChanged, (), (email))

struct PasswordChanged {
  static constexpr std::string_view type = "user.password_changed";
  Personal password_hash;
  bool operator==(const PasswordChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (password_hash))

struct SuperuserGranted {
  static constexpr std::string_view type = "user.superuser_granted";
  bool operator==(const SuperuserGranted&) const = default;
};
BOOST_DESCRIBE_STRUCT(SuperuserGranted, (), ())

struct SuperuserRevoked {
  static constexpr std::string_view type = "user.superuser_revoked";
  bool operator==(const SuperuserRevoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(SuperuserRevoked, (), ())

struct Deleted {
  static constexpr std::string_view type = "user.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "user.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

struct SessionStarted {
  static constexpr std::string_view type = "user.session_started";
  SessionId session_id{};
  Personal refresh_token_hash;
  std::optional<Personal> user_agent;
  std::optional<Personal> address;
  text::Instant expires_at{};
  bool operator==(const SessionStarted&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionStarted, (), (session_id, refresh_token_hash, user_agent, address, expires_at))

struct SessionRefreshed {
  static constexpr std::string_view type = "user.session_refreshed";
  SessionId session_id{};
  Personal refresh_token_hash;
  text::Instant expires_at{};
  bool operator==(const SessionRefreshed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionRefreshed, (), (session_id, refresh_token_hash, expires_at))

struct SessionRevoked {
  static constexpr std::string_view type = "user.session_revoked";
  SessionId session_id{};
  RevokedBecause reason = RevokedBecause::logout;
  bool operator==(const SessionRevoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionRevoked, (), (session_id, reason))

// A mail is on its way to the address as it is now; whoever sends back what it holds reads that address's mail. The log has its
// hash alone.
struct VerificationRequested {
  static constexpr std::string_view type = "user.verification_requested";
  MailedTokenId token_id{};
  Personal token_hash;
  text::Instant expires_at{};
  bool operator==(const VerificationRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(VerificationRequested, (), (token_id, token_hash, expires_at))

struct EmailVerified {
  static constexpr std::string_view type = "user.email_verified";
  bool operator==(const EmailVerified&) const = default;
};
BOOST_DESCRIBE_STRUCT(EmailVerified, (), ())

struct PasswordResetRequested {
  static constexpr std::string_view type = "user.password_reset_requested";
  MailedTokenId token_id{};
  Personal token_hash;
  text::Instant expires_at{};
  bool operator==(const PasswordResetRequested&) const = default;
};
BOOST_DESCRIBE_STRUCT(PasswordResetRequested, (), (token_id, token_hash, expires_at))

// With a wrong password. At most as many as lock the account; while it is locked, none.
struct SignInFailed {
  static constexpr std::string_view type = "user.sign_in_failed";
  bool operator==(const SignInFailed&) const = default;
};
BOOST_DESCRIBE_STRUCT(SignInFailed, (), ())

// Nobody signs in by password until then; sessions go on.
struct Locked {
  static constexpr std::string_view type = "user.locked";
  text::Instant until{};
  bool operator==(const Locked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Locked, (), (until))

struct Unlocked {
  static constexpr std::string_view type = "user.unlocked";
  bool operator==(const Unlocked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unlocked, (), ())

struct Activated {
  static constexpr std::string_view type = "user.activated";
  bool operator==(const Activated&) const = default;
};
BOOST_DESCRIBE_STRUCT(Activated, (), ())

// Nobody signs in and no key acts as them until they are active again; what is theirs stays where it is.
struct Deactivated {
  static constexpr std::string_view type = "user.deactivated";
  bool operator==(const Deactivated&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deactivated, (), ())

// What they become by default where they join; it grants nothing by itself.
struct RoleChanged {
  static constexpr std::string_view type = "user.role_changed";
  Role role = Role::member;
  bool operator==(const RoleChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoleChanged, (), (role))

struct HomeWorkspaceChanged {
  static constexpr std::string_view type = "user.home_workspace_changed";
  WorkspaceId home_workspace_id{};
  bool operator==(const HomeWorkspaceChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(HomeWorkspaceChanged, (), (home_workspace_id))

// The person's account with somebody else, as that one names it; in place of another one there.
struct ExternalAccountLinked {
  static constexpr std::string_view type = "user.external_account_linked";
  ExternalProvider provider = ExternalProvider::google;
  Personal account;
  bool operator==(const ExternalAccountLinked&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExternalAccountLinked, (), (provider, account))

struct ExternalAccountUnlinked {
  static constexpr std::string_view type = "user.external_account_unlinked";
  ExternalProvider provider = ExternalProvider::google;
  bool operator==(const ExternalAccountUnlinked&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExternalAccountUnlinked, (), (provider))

// What a notification tells of. The word of due dates is for those who watch the clock.
BOOST_DEFINE_ENUM_CLASS(NotificationType, task_assigned, task_completed, mentioned, comment_reply, due_date_reminder, project_invite, task_updated,
                        webhook_disabled)

// Something happened in a workspace that concerns the person; what it is about is named, and hides it while it is hidden itself.
struct NotificationRaised {
  static constexpr std::string_view type = "user.notification_raised";
  NotificationId notification_id{};
  WorkspaceId workspace_id{};
  NotificationType notification_type = NotificationType::task_updated;
  std::string title;
  std::string content;
  std::optional<ProjectId> related_project_id;   // about the project itself
  std::optional<IssueId> related_issue_id;
  std::optional<CommentId> related_comment_id;
  std::optional<std::string> action_url;
  std::optional<ActorType> caused_by_type;
  std::optional<PrincipalId> caused_by_id;       // who did what it tells of
  bool operator==(const NotificationRaised&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationRaised, (), (notification_id, workspace_id, notification_type, title, content, related_project_id,
                                               related_issue_id, related_comment_id, action_url, caused_by_type, caused_by_id))

struct NotificationRead {
  static constexpr std::string_view type = "user.notification_read";
  NotificationId notification_id{};
  bool operator==(const NotificationRead&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationRead, (), (notification_id))

// All that were raised before this event.
struct NotificationsRead {
  static constexpr std::string_view type = "user.notifications_read";
  bool operator==(const NotificationsRead&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationsRead, (), ())

struct NotificationDismissed {
  static constexpr std::string_view type = "user.notification_dismissed";
  NotificationId notification_id{};
  bool operator==(const NotificationDismissed&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationDismissed, (), (notification_id))

struct NotificationRestored {
  static constexpr std::string_view type = "user.notification_restored";
  NotificationId notification_id{};
  bool operator==(const NotificationRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(NotificationRestored, (), (notification_id))

// Written when the key that seals what is personal goes: of whoever was deleted, for ever. Nothing happens to them any more.
struct Erased {
  static constexpr std::string_view type = "user.erased";
  bool operator==(const Erased&) const = default;
};
BOOST_DESCRIBE_STRUCT(Erased, (), ())

// Said by an import, of how the person stood in the system that they come from.
struct BroughtForward {
  static constexpr std::string_view type = "user.brought_forward";
  std::optional<text::Instant> last_active_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (last_active_at))

using Event = std::variant<Registered, ProfileChanged, EmailChanged, PasswordChanged, SuperuserGranted, SuperuserRevoked,
                           Deleted, Restored, SessionStarted, SessionRefreshed, SessionRevoked, VerificationRequested, EmailVerified,
                           PasswordResetRequested, SignInFailed, Locked, Unlocked, Activated, NotificationRaised, NotificationRead,
                           NotificationsRead, NotificationDismissed, NotificationRestored, IntegrationConnected, IntegrationReconfigured,
                           IntegrationCredentialsReplaced, IntegrationEnabled, IntegrationDisabled, IntegrationSynced, IntegrationRemoved,
                           IntegrationRestored, AiProviderAdded, AiProviderReconfigured, AiProviderBudgetSet,
                           AiProviderCredentialsReplaced, AiProviderPricesSet, AiProviderTested, AiProviderEnabled, AiProviderDisabled,
                           AiProviderRemoved, AiProviderRestored, Erased, Deactivated, RoleChanged, HomeWorkspaceChanged,
                           ExternalAccountLinked, ExternalAccountUnlinked, BroughtForward, IntegrationBroughtForward, AiProviderBroughtForward>;

}  // namespace daybook::events::user
