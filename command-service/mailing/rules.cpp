#include "command-service/mailing/rules.hpp"

#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/mailing/letters.hpp"
#include "command-service/mailing/token.hpp"

namespace daybook::mailing {
namespace {

using events::user::State;
using reactors::Reaction;

// The person as they are now.
State person(const Reaction& reaction) { return reactors::state_now<domain::User>(reaction, reaction.cause.stream_id); }

void deliver(const Tools& tools, const Reaction& reaction, const events::Personal& address, const Letter& letter) {
  if (address.state != events::Personal::State::open) return;
  try {
    tools.mailer->send({reaction.cause.event_id.text(), address.text, letter.subject, letter.text, reaction.cause.recorded_at});
  } catch (const mail::Refused& refused) {
    if (tools.on_refused) tools.on_refused("the mail for event " + std::to_string(reaction.cause.position.value) + " was refused: " + refused.what());
  }
}

void deliver(const Tools& tools, const Reaction& reaction, const State& to, const Letter& letter) {
  if (!to.deleted_at) deliver(tools, reaction, to.email, letter);
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

events::MailedTokenId token_of(const events::Envelope& cause) {
  const auto event = events::decode<events::invitation::Event>(cause.stream_type, cause, events::LeaveSealed{});
  if (const auto* sent = std::get_if<events::invitation::Sent>(&event)) return sent->token_id;
  return std::get<events::invitation::Resent>(event).token_id;
}

std::string name_of(const State& inviter) {
  using Personal = events::Personal;
  if (inviter.full_name && inviter.full_name->state == Personal::State::open) return inviter.full_name->text;
  return inviter.username.state == Personal::State::open ? inviter.username.text : "";
}

void deliver_invitation(const Tools& tools, const Reaction& reaction) {
  const auto& cause = reaction.cause;
  const auto invitation = reactors::state_now<domain::Invitation>(reaction, cause.stream_id);
  const auto token = mailed_token(*tools.keys, cause.stream_id, invitation.token_id);
  const bool is_good = invitation.status == events::invitation::Status::open && invitation.token_id == token_of(cause) && token.hash() == invitation.token_hash.text;
  const auto workspace = reactors::state_now<domain::Workspace>(reaction, events::stream_of(reaction.workspace()));
  if (!is_good || !domain::workspace::is_open(workspace)) return;
  const bool by_person = cause.actor_type == events::ActorType::user && cause.actor_id;
  const auto inviter = by_person ? name_of(reactors::state_now<domain::User>(reaction, events::stream_of(*cause.actor_id))) : "";
  const Way way{tools.links, "invitation", "POST /api/v1/invitations/{token}/accept"};
  deliver(tools, reaction, invitation.email,
          invitation_letter(way, {workspace.name, std::string(events::word_of(invitation.role)), inviter}, token.text, invitation.expires_at));
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
      {"mail_invitation", {events::invitation::Sent::type, events::invitation::Resent::type},
       [tools](const Reaction& reaction) { deliver_invitation(tools, reaction); }},
      {"mail_locked", {events::user::Locked::type},
       [tools](const Reaction& reaction) {
         const auto to = person(reaction);
         if (to.locked_until) deliver(tools, reaction, to, locked_letter(*to.locked_until));
       }},
  };
}

}  // namespace daybook::mailing
