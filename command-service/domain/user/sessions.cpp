// Sessions: a short access token and a rotating refresh token, of which only hashes come here.
#include <algorithm>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {
namespace {

using events::Personal;
using events::user::find_session;
using events::user::RevokedBecause;
using events::user::Session;

Rejection unauthenticated(std::string code, std::string detail) {
  return {Rejection::Kind::unauthenticated, std::move(code), std::move(detail), {}, std::nullopt};
}
bool may_sign_in(const State& state) {
  return state.version.value > 0 && !state.deleted_at && state.status == events::user::Status::active;
}

bool is_live(const Session& session, text::Instant now) {
  return !session.revoked && session.expires_at > now;
}

bool is_current(const Session& session, const std::string& hash) {
  return session.refresh_token_hash.text == hash;
}

// Two requests of one client may cross, and an answer may be lost: the token before is still good for a
// moment.
bool is_previous_in_grace(const Session& session, const std::string& hash, text::Instant now) {
  return session.previous_token_hash && session.previous_token_hash->text == hash &&
         now - session.refreshed_at <= refresh_grace;
}

// Room for one more: the session that was quiet longest goes.
void make_room(const State& state, text::Instant now, std::vector<Event>& events) {
  std::vector<const Session*> live;
  for (const auto& session : state.sessions)
    if (is_live(session, now)) live.push_back(&session);
  if (live.size() < sessions_max) return;
  const auto oldest = *std::min_element(live.begin(), live.end(),
                                        [](auto* a, auto* b) { return a->refreshed_at < b->refreshed_at; });
  events.push_back(events::user::SessionRevoked{oldest->id, RevokedBecause::logout});
}

}  // namespace

Rejection invalid_refresh_token() {
  return unauthenticated("invalid-refresh-token", "The refresh token is not valid; sign in again.");
}
Rejection invalid_credentials() {
  return unauthenticated("invalid-credentials", "E-mail, username or password is not right, or the account is locked for a while.");
}
Rejection refresh_token_reused() {
  return unauthenticated("refresh-token-reused", "This refresh token was used before; its session has been ended. Sign in again.");
}

Decision<Event> decide(const State& state, const StartSession& command, const CommandContext& context,
                       const Facts&) {
  const bool password_changed =
      command.verified_hash && (!state.password_hash || state.password_hash->text != *command.verified_hash);
  const bool locked = command.verified_hash && is_locked(state, context.now);
  if (!may_sign_in(state) || password_changed || locked)
    return invalid_credentials();
  if (find_session(state, command.session_id) != nullptr) return id_taken();
  events::user::SessionStarted started{};
  started.session_id = command.session_id;
  started.refresh_token_hash = Personal(command.refresh_token_hash);
  if (command.user_agent) started.user_agent = Personal(*command.user_agent);
  if (command.address) started.address = Personal(*command.address);
  started.expires_at = command.expires_at;
  std::vector<Event> events;
  make_room(state, context.now, events);
  events.push_back(started);
  return events;
}

RefreshDecision decide(const State& state, const RefreshSession& command, const CommandContext& context,
                       const Facts&) {
  const auto* session = find_session(state, command.session_id);
  if (!may_sign_in(state) || session == nullptr || !is_live(*session, context.now))
    return {{}, invalid_refresh_token()};
  const bool good = is_current(*session, command.presented_hash) ||
                    is_previous_in_grace(*session, command.presented_hash, context.now);
  if (good)
    return {{events::user::SessionRefreshed{session->id, Personal(command.next_hash), command.expires_at}},
            std::nullopt};
  // A token of this session that was rotated away: either its holder or the client that rotated it is a
  // thief.
  return {{events::user::SessionRevoked{session->id, RevokedBecause::reuse_detected}},
          refresh_token_reused()};
}

Decision<Event> decide(const State& state, const LogOut& command, const CommandContext& context,
                       const Facts&) {
  const auto* session = find_session(state, command.session_id);
  if (session == nullptr || session->revoked) return std::vector<Event>{};
  const bool matches = is_current(*session, command.presented_hash) ||
                       is_previous_in_grace(*session, command.presented_hash, context.now);
  if (!matches) return std::vector<Event>{};
  return std::vector<Event>{events::user::SessionRevoked{session->id, RevokedBecause::logout}};
}

Decision<Event> decide(const State& state, const RevokeSession& command, const CommandContext&,
                       const Facts&) {
  const auto* session = find_session(state, command.session_id);
  if (session == nullptr) return not_found("session");
  if (session->revoked) return std::vector<Event>{};
  return std::vector<Event>{events::user::SessionRevoked{session->id, RevokedBecause::revoked_by_user}};
}

}  // namespace daybook::domain::user
