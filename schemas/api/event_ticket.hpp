#pragma once
// Tickets for live events: a browser's event source cannot send an Authorization field, and an access token does not belong
// into a URL. A ticket is a signed token for one workspace that lives a minute; any service with the keys can issue and
// check it. Whoever accepts it sees to it that it is used once. Stateless and safe from any thread.
#include <functional>
#include <memory>

#include "schemas/api/signed_token.hpp"

namespace daybook::api {

inline constexpr std::chrono::seconds event_ticket_lifetime{60};

class EventTickets {
 public:
  EventTickets(std::shared_ptr<const crypto::KeyFile> keys, std::function<text::Instant()> clock)
      : keys_(std::move(keys)), clock_(std::move(clock)) {}

  // `workspace` is the word of the path for which it is good.
  std::string issue(const Principal& principal, std::string_view workspace) const;
  std::optional<SignedToken> verify(std::string_view ticket, std::string_view workspace) const;
  text::Instant now() const { return clock_(); }

 private:
  std::shared_ptr<const crypto::KeyFile> keys_;
  std::function<text::Instant()> clock_;
};

}  // namespace daybook::api
