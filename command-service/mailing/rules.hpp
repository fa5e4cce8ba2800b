#pragma once
// Which event makes which letter go out. One rule an event, of the reactor `mail`.
#include <memory>

#include "command-service/reactors/rule.hpp"
#include "platform/crypto/key_file.hpp"
#include "platform/mail/mailer.hpp"

namespace daybook::mailing {

struct Tools {
  std::shared_ptr<mail::Mailer> mailer;
  std::shared_ptr<const crypto::KeyFile> keys;
  std::string links;                                          // base of the pages that letters point to; may be empty
  std::function<void(const std::string&)> on_refused = {};    // a mail that nobody takes, in words that name no person
};

std::vector<reactors::Rule> mail_rules(Tools tools);

}  // namespace daybook::mailing
