#include "command-service/domain/user/user.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain {
namespace user {
namespace {

using events::Personal;
using events::user::RevokedBecause;

// `state.email` and its like are open in decide: the log opens them with the user's own key.
bool differ(std::string_view before, std::string_view after) { return before != after; }
bool differ_folded(std::string_view before, std::string_view after) {
  return text::fold_case(before) != text::fold_case(after);
}

Rejection email_taken() { return taken(scope::email, "/email"); }
Rejection username_taken() { return taken(scope::username, "/username"); }

std::optional<Rejection> refuse_gone(const State& state) {
  if (state.version.value > 0 && !state.deleted_at) return std::nullopt;
  return not_found("user");
}

std::optional<Personal> personal(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return Personal(*text);
}

// The local part of the e-mail address, or with a suffix where that is taken.
std::string free_username(const Email& email, const CommandContext& context, const Facts& facts) {
  const auto local = email.text.substr(0, email.text.rfind('@'));
  return first_free(local, "-", context.spare, [&](const std::string& name) {
    return facts.claimed_personal(scope::username, name).has_value();
  });
}

struct Profile {
  events::user::ProfileChanged event;
  std::string email;
  bool operator==(const Profile&) const = default;
};

Profile profile_of(const State& s) {
  return {{s.username, s.full_name, s.avatar, s.preferences, s.timezone, s.locale, s.onboarding_completed},
          s.email.text};
}

// Personal fields hold plain text, so a ruled text is laid over what is inside.
template <class T>
void put_personal(const events::Patch<T>& patch, std::optional<Personal>& field) {
  if (patch.sent) field = personal(plain(patch.value));
}

std::optional<Rejection> refuse_taken(const State& state, const Profile& after, const Facts& facts) {
  if (differ_folded(state.email.text, after.email) && facts.claimed_personal(scope::email, after.email))
    return email_taken();
  const auto& username = after.event.username.text;
  if (differ_folded(state.username.text, username) && facts.claimed_personal(scope::username, username))
    return username_taken();
  return std::nullopt;
}

}  // namespace

void revoke_sessions(const State& state, std::optional<events::SessionId> but, RevokedBecause reason,
                     std::vector<Event>& events) {
  for (const auto& session : state.sessions)
    if (!session.revoked && session.id != but)
      events.push_back(events::user::SessionRevoked{session.id, reason});
}

void put_home(const State& state, const events::Patch<events::WorkspaceId>& patch, const Facts& facts,
              FieldRefusals& refusals, std::vector<Event>& events) {
  auto home = state.home_workspace_id;
  put(patch, home, "/home_workspace_id", refusals);
  if (home == state.home_workspace_id) return;
  const auto& workspace = state_of<Workspace>(facts, events::stream_of(home));
  if (!workspace::is_open(workspace) || events::workspace::find_member(workspace, state.id) == nullptr)
    refusals.add("/home_workspace_id", "unknown-reference", "One is at home in a workspace that one is a member of.");
  events.push_back(events::user::HomeWorkspaceChanged{home});
}

Decision<Event> decide(const State& state, const Register& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (facts.claimed_personal(scope::email, command.email.text)) return email_taken();
  if (command.username && facts.claimed_personal(scope::username, command.username->text))
    return username_taken();
  events::user::Registered registered{};
  registered.email = Personal(command.email.text);
  registered.username =
      Personal(command.username ? command.username->text : free_username(command.email, context, facts));
  registered.full_name = personal(plain(command.full_name));
  registered.password_hash = personal(command.password_hash);
  if (command.timezone) registered.timezone = command.timezone->text;
  if (command.locale) registered.locale = command.locale->text;
  if (command.pending) registered.status = events::user::Status::pending;
  registered.home_workspace_id = command.home_workspace_id;
  return std::vector<Event>{registered};
}

Decision<Event> decide(const State& state, const ChangeProfile& command, const CommandContext&,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state)) return *refused;
  FieldRefusals refusals;
  const auto before = profile_of(state);
  auto after = before;
  put(command.email, after.email, "/email", refusals);
  put(command.username, after.event.username.text, "/username", refusals);
  put_personal(command.full_name, after.event.full_name);
  put_personal(command.avatar, after.event.avatar);
  put(command.preferences, after.event.preferences);
  put(command.timezone, after.event.timezone, "/timezone", refusals);
  put(command.locale, after.event.locale, "/locale", refusals);
  put(command.onboarding_completed, after.event.onboarding_completed, "/onboarding_completed", refusals);
  check_object(after.event.preferences, "/preferences", refusals);
  std::vector<Event> events;
  if (!(before.event == after.event)) events.push_back(after.event);
  if (before.email != after.email) events.push_back(events::user::EmailChanged{Personal(after.email)});
  put_home(state, command.home_workspace_id, facts, refusals, events);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_taken(state, after, facts)) return *refused;
  return events;
}

Decision<Event> decide(const State& state, const ChangeEmail& command, const CommandContext& context,
                       const Facts& facts) {
  ChangeProfile change{};
  change.email = command.email;
  return decide(state, change, context, facts);
}

Decision<Event> decide(const State& state, const ChangePassword& command, const CommandContext& context,
                       const Facts&) {
  if (auto refused = refuse_gone(state)) return *refused;
  if (!state.password_hash || differ(state.password_hash->text, command.verified_hash))
    return invalid("/current_password", "wrong-password", "This is not the current password.");
  std::vector<Event> events{events::user::PasswordChanged{Personal(command.new_hash)}};
  revoke_sessions(state, context.session, RevokedBecause::password_changed, events);
  return events;
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext&, const Facts& facts) {
  if (auto refused = refuse_gone(state)) return *refused;
  if (facts.counter(scope::sole_owner, events::stream_of(state.id)) > 0)
    return invalid("", "sole-owner",
                   "You are the only owner of a workspace: hand it over or delete it first.");
  std::vector<Event> events{events::user::Deleted{}};
  revoke_sessions(state, std::nullopt, RevokedBecause::account_deleted, events);
  return events;
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext&, const Facts&) {
  if (state.version.value == 0) return not_found("user");
  if (state.erased_at) return was_erased();
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::user::Restored{}};
}

// Deleting has ended every session, and asked whether anybody is left without an owner.
Decision<Event> decide(const State& state, const Erase&, const CommandContext& context, const Facts&) {
  if (!context.is_superuser) return forbidden("Only a superuser erases a person.");
  if (state.version.value == 0) return not_found("user");
  if (state.erased_at) return std::vector<Event>{};
  if (!state.deleted_at) return invalid("", "not-deleted", "Only a person who was deleted can be erased.");
  return std::vector<Event>{events::user::Erased{}};
}

Decision<Event> decide(const State& state, const GrantSuperuser&, const CommandContext&, const Facts&) {
  if (auto refused = refuse_gone(state)) return *refused;
  if (state.is_superuser) return std::vector<Event>{};
  return std::vector<Event>{events::user::SuperuserGranted{}};
}

Decision<Event> decide(const State& state, const RevokeSuperuser&, const CommandContext&, const Facts&) {
  if (auto refused = refuse_gone(state)) return *refused;
  if (!state.is_superuser) return std::vector<Event>{};
  return std::vector<Event>{events::user::SuperuserRevoked{}};
}

}  // namespace user

namespace {

// A person's unique texts are compared folded, so a change of case alone keeps the claim.
void change_claim(std::string_view scope, const events::Personal& before, const events::Personal& after,
                  std::string_view pointer, Effects& effects) {
  if (text::fold_case(before.text) == text::fold_case(after.text)) return;
  effects.claim_personal(scope, after, pointer);
  effects.release_personal(scope, before);
}

}  // namespace

void effects(const user::State&, const events::user::Registered& e, const events::Envelope&,
             Effects& effects) {
  effects.born(std::nullopt);
  effects.claim_personal(scope::email, e.email, "/email");
  effects.claim_personal(scope::username, e.username, "/username");
}
void effects(const user::State& before, const events::user::ProfileChanged& e, const events::Envelope&,
             Effects& effects) {
  change_claim(scope::username, before.username, e.username, "/username", effects);
}
void effects(const user::State& before, const events::user::EmailChanged& e, const events::Envelope&,
             Effects& effects) {
  change_claim(scope::email, before.email, e.email, "/email", effects);
}
void effects(const user::State&, const events::user::Deleted&, const events::Envelope&, Effects& effects) {
  effects.died();
}
void effects(const user::State&, const events::user::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
}
void effects(const user::State& before, const events::user::Erased&, const events::Envelope&, Effects& effects) {
  effects.release_personal(scope::email, before.email);
  effects.release_personal(scope::username, before.username);
  if (before.google_id) effects.release_personal(scope::google_account, *before.google_id);
  effects.erased();
}
void effects(const user::State& before, const events::user::ExternalAccountLinked& e, const events::Envelope&, Effects& effects) {
  if (before.google_id) return change_claim(scope::google_account, *before.google_id, e.account, "/account", effects);
  effects.claim_personal(scope::google_account, e.account, "/account");
}
void effects(const user::State& before, const events::user::ExternalAccountUnlinked&, const events::Envelope&, Effects& effects) {
  if (before.google_id) effects.release_personal(scope::google_account, *before.google_id);
}

template const AggregateOps& aggregate_ops<User>();

}  // namespace daybook::domain
