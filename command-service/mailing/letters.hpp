#pragma once
// The texts of mails. Pure.
#include <optional>
#include <string>

#include "platform/text/instant.hpp"

namespace daybook::mailing {

struct Letter {
  std::string subject, text;
  bool operator==(const Letter&) const = default;
};

// How a reader comes from the letter to what it asks for: a page of the team's own below `links`, and in any case the call.
struct Way {
  std::string links;  // https://work.example.org; empty: there is no such page
  std::string page;   // verify-email
  std::string call;   // POST /api/v1/auth/verify-email
};

Letter verification_letter(const Way& way, const std::string& token, text::Instant expires_at);
Letter password_reset_letter(const Way& way, const std::string& token, text::Instant expires_at);
Letter locked_letter(text::Instant until);

// What somebody is invited to, in words.
struct Offer {
  std::string workspace, role;
  std::string inviter;  // empty: nobody who could be named
};
Letter invitation_letter(const Way& way, const Offer& offer, const std::string& token, text::Instant expires_at);

}  // namespace daybook::mailing
