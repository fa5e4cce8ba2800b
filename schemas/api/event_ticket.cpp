#include "schemas/api/event_ticket.hpp"

namespace daybook::api {
namespace {

// A ticket is no access token: its audience is another one for each workspace.
std::string audience_of(std::string_view workspace) { return "daybook-events/" + std::string(workspace); }

}  // namespace

std::string EventTickets::issue(const Principal& principal, std::string_view workspace) const {
  return sign_token(*keys_, principal, audience_of(workspace), clock_(), event_ticket_lifetime);
}

std::optional<SignedToken> EventTickets::verify(std::string_view ticket, std::string_view workspace) const {
  return check_token(*keys_, ticket, audience_of(workspace), clock_());
}

}  // namespace daybook::api
