#include "command-service/mailing/rules.hpp"

#include "command-service/domain/user/user.hpp"
#include "command-service/mailing/letters.hpp"
#include "command-service/mailing/token.hpp"

namespace daybook::mailing {
namespace {

using events::user::State;
using reactors::Reaction;

// The person as they are now; the log opens what is sealed.
State person(const Reaction& reaction) {
  auto state = std::make_shared<State>();
  const auto stream = reaction.cause.stream_id;
  reaction.send({{[state, stream](log::Settling& settling) -> domain::Result<log::Accepted> {
                    *state = settling.load<domain::User>(stream);
                    return log::Accepted{200, events::StreamType::user, stream, stream.value, state->version, nullptr};
                  },
                  std::nullopt}});
  return *state;
}

void deliver(const Tools& tools, const Reaction& reaction, const State& to, const Letter& letter) {
  if (to.deleted_at || to.email.state != events::Personal::State::open) return;
  try {
    tools.mailer->send({reaction.cause.event_id.text(), to.email.text, letter.subject, letter.text, reaction.cause.recorded_at});
  } catch (const mail::Refused& refused) {
    if (tools.on_refused) tools.on_refused("the mail for event " + std::to_string(reaction.cause.position.value) + " was refused: " + refused.what());
  }
}

// A token that was used, replaced or withdrawn since needs no mail any more.
void deliver_token(const Tools& tools, const Reaction& reaction, std::optional<events::user::MailedToken> State::*pending,
                   Letter (*letter)(const Way&, const std::string&, text::Instant), Way way) {
  const auto to = person(reaction);
  const auto& wanted = to.*pending;
  if (!wanted) return;
  const auto token = mailed_token(*tools.keys, reaction.cause.stream_id, wanted->id);
  if (token.hash() != wanted->hash.text) return;
  way.links = tools.links;
  deliver(tools, reaction, to, letter(way, token.text, wanted->expires_at));
}

}  // namespace

std::vector<reactors::Rule> mail_rules(Tools tools) {
  return {
      {"mail_verification", {events::user::VerificationRequested::type},
       [tools](const Reaction& reaction) {
         deliver_token(tools, reaction, &State::verification, verification_letter, {"", "verify-email", "POST /api/v1/auth/verify-email"});
       }},
      {"mail_password_reset", {events::user::PasswordResetRequested::type},
       [tools](const Reaction& reaction) {
         deliver_token(tools, reaction, &State::password_reset, password_reset_letter, {"", "reset-password", "POST /api/v1/auth/password-reset/confirm"});
       }},
      {"mail_locked", {events::user::Locked::type},
       [tools](const Reaction& reaction) {
         const auto to = person(reaction);
         if (to.locked_until) deliver(tools, reaction, to, locked_letter(*to.locked_until));
       }},
  };
}

}  // namespace daybook::mailing
