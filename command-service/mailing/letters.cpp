#include "command-service/mailing/letters.hpp"

namespace daybook::mailing {
namespace {

std::string way_to(const Way& way, const std::string& token) {
  std::string out;
  if (!way.links.empty()) out += way.links + "/" + way.page + "?token=" + token + "\n\nOr send it yourself: ";
  return out + way.call + " with the token\n\n" + token + "\n\n";
}

std::string until(text::Instant instant) { return text::format_instant(instant).substr(0, 16).replace(10, 1, " ") + " UTC"; }

}  // namespace

Letter verification_letter(const Way& way, const std::string& token, text::Instant expires_at) {
  return {"Confirm your e-mail address",
          "Somebody, most likely you, gave this address to Daybook. To confirm that it is yours:\n\n" + way_to(way, token) +
              "This works once, until " + until(expires_at) + ". If it was not you, there is nothing to do.\n"};
}

Letter password_reset_letter(const Way& way, const std::string& token, text::Instant expires_at) {
  return {"Set a new password",
          "Somebody, most likely you, asked for a new password for the account with this address. To set it:\n\n" + way_to(way, token) +
              "This works once, until " + until(expires_at) + ". If it was not you, there is nothing to do: the password stays as it is.\n"};
}

Letter locked_letter(text::Instant when) {
  return {"Your account is locked for a while",
          "The password was wrong several times in a row, so nobody can sign in to your account by password until " + until(when) +
              ". You stay signed in where you are. A new password, asked for by mail, unlocks it at once.\n"};
}

Letter invitation_letter(const Way& way, const Offer& offer, const std::string& token, text::Instant expires_at) {
  return {"You are invited to " + offer.workspace,
          (offer.inviter.empty() ? "Somebody" : offer.inviter) + " invites you to the workspace \"" + offer.workspace + "\" on Daybook, as " + offer.role +
              ". To accept, sign in with this address, or register with it, and follow this:\n\n" + way_to(way, token) +
              "This works once, until " + until(expires_at) + ". If you do not want it, there is nothing to do.\n"};
}

}  // namespace daybook::mailing
