#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "platform/mail/message.hpp"

namespace daybook::mail {

/// The mail was not taken now; sending it again later is right.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The mail will never be taken, such as for an address that there is not.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where mail goes. One thread at a time.
class Mailer {
 public:
  virtual ~Mailer() = default;
  /// Returns when the mail is somebody else's responsibility: taken by the server, or on the disk. Throws Unavailable or
  /// Refused; neither names the person it was for.
  virtual void send(const Mail& mail) = 0;
};

struct SmtpOptions {
  std::string url;   // smtp://host:587 (STARTTLS is required unless the host is a loopback address), smtps://host:465
  std::string user;  // empty: no authentication
  std::string password;
  std::string from;  // an address
};

/// A connection a mail, at most 30 seconds long.
[[nodiscard]] std::unique_ptr<Mailer> smtp_mailer(SmtpOptions options);

/// A file a mail, `<id>.eml`, mode 0600: for whoever has no mail server. Made under another name first, so that a file of this name is
/// whole; the same mail sent again replaces it.
[[nodiscard]] std::unique_ptr<Mailer> outbox_mailer(std::filesystem::path folder, std::string from);

}  // namespace daybook::mail
