// What is proved by a mail, and the lock of an account whose password is guessed at. Tokens come here as hashes.
#include "command-service/domain/user/mailed.hpp"

#include "command-service/domain/core/rules.hpp"

namespace daybook::domain::user {
namespace {

using events::Personal;
using events::user::MailedToken;
using events::user::RevokedBecause;
using events::user::Status;

bool is_on_its_way(const std::optional<MailedToken>& token, text::Instant now) { return token && user::is_on_its_way(token->requested_at, now); }

bool fits(const std::optional<MailedToken>& token, events::MailedTokenId id, const std::string& presented_hash, text::Instant now) {
  return token && token->id == id && token->hash.text == presented_hash && now < token->expires_at;
}

}  // namespace

bool is_on_its_way(text::Instant sent_at, text::Instant now) { return now - sent_at < mail_pause; }

void prove_address(const State& state, std::vector<Event>& events) {
  if (!state.email_verified) events.push_back(events::user::EmailVerified{});
  if (state.status == Status::pending) events.push_back(events::user::Activated{});
}

Rejection invalid_mailed_token() {
  return invalid("/token", "invalid-mailed-token", "This token is not valid, has been used or has expired; ask for a new mail.");
}

bool is_locked(const State& state, text::Instant now) { return state.locked_until && now < *state.locked_until; }

Decision<Event> decide(const State& state, const RequestVerification& command, const CommandContext& context, const Facts&) {
  if (!is_there(state)) return not_found("user");
  if (state.email_verified || is_on_its_way(state.verification, context.now)) return std::vector<Event>{};
  return std::vector<Event>{events::user::VerificationRequested{command.token_id, Personal(command.token_hash), command.expires_at}};
}

Decision<Event> decide(const State& state, const VerifyEmail& command, const CommandContext& context, const Facts&) {
  if (!is_there(state) || !fits(state.verification, command.token_id, command.presented_hash, context.now)) return invalid_mailed_token();
  std::vector<Event> events;
  prove_address(state, events);
  return events;
}

Decision<Event> decide(const State& state, const RequestPasswordReset& command, const CommandContext& context, const Facts&) {
  if (!is_there(state) || state.status == Status::inactive || is_on_its_way(state.password_reset, context.now)) return std::vector<Event>{};
  return std::vector<Event>{events::user::PasswordResetRequested{command.token_id, Personal(command.token_hash), command.expires_at}};
}

Decision<Event> decide(const State& state, const ResetPassword& command, const CommandContext& context, const Facts&) {
  if (!is_there(state) || !fits(state.password_reset, command.token_id, command.presented_hash, context.now)) return invalid_mailed_token();
  std::vector<Event> events{events::user::PasswordChanged{Personal(command.new_hash)}};
  prove_address(state, events);
  if (state.locked_until) events.push_back(events::user::Unlocked{});
  for (const auto& session : state.sessions)
    if (!session.revoked) events.push_back(events::user::SessionRevoked{session.id, RevokedBecause::password_changed});
  return events;
}

Decision<Event> decide(const State& state, const FailSignIn& command, const CommandContext& context, const Facts&) {
  if (!is_there(state) || is_locked(state, context.now)) return std::vector<Event>{};
  if (state.failed_sign_ins + 1 < command.policy.failures) return std::vector<Event>{events::user::SignInFailed{}};
  return std::vector<Event>{events::user::Locked{context.now + command.policy.duration}};
}

}  // namespace daybook::domain::user
