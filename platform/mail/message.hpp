#pragma once

#include <string>

#include "platform/text/instant.hpp"

namespace daybook::mail {

/// A mail in plain text to one person. Everything is UTF-8.
struct Mail {
  std::string id;       // unique; the same mail sent again has the same, so that its reader's program shows it once
  std::string to;       // an address, alone
  std::string subject;  // no line breaks
  std::string text;
  text::Instant date{};
};

/// The message as it travels (RFC 5322, RFC 2045): lines end in CR LF, the text is base64, a subject that is not ASCII is an
/// encoded word (RFC 2047). `from` is an address, alone; its domain stands in the Message-ID.
[[nodiscard]] std::string message_of(const Mail& mail, const std::string& from);

}  // namespace daybook::mail
