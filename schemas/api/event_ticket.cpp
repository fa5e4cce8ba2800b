#include "schemas/api/event_ticket.hpp"

#include "platform/crypto/jwt.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::api {
namespace {

// A ticket is no access token: its audience is another one for each workspace.
std::string audience_of(std::string_view workspace) { return "daybook-events/" + std::string(workspace); }

}  // namespace

std::string EventTickets::issue(const Principal& principal, std::string_view workspace) const {
  const auto& signing = keys_->current(crypto::KeyPurpose::token_signing);
  crypto::AccessClaims claims{};
  claims.iss = token_issuer;
  claims.aud = audience_of(workspace);
  claims.sub = principal.user.text();
  claims.sid = principal.session.text();
  claims.jti = crypto::random_token();
  claims.iat = clock_();
  claims.exp = claims.iat + event_ticket_lifetime;
  claims.kind = "user";
  return crypto::issue_token(claims, crypto::SigningKey(signing.key), signing.id);
}

std::optional<EventTickets::Ticket> EventTickets::verify(std::string_view ticket, std::string_view workspace) const {
  const auto key_of = [this](std::string_view id) { return keys_->public_key(crypto::KeyPurpose::token_signing, id); };
  const auto verified = crypto::verify_token(ticket, key_of, clock_(), {std::string(token_issuer), audience_of(workspace)});
  const auto* claims = std::get_if<crypto::AccessClaims>(&verified);
  if (claims == nullptr) return std::nullopt;
  const auto user = events::UserId::parse(claims->sub);
  const auto session = events::SessionId::parse(claims->sid);
  if (!user || !session) return std::nullopt;
  return Ticket{{*user, *session}, claims->jti, claims->exp};
}

}  // namespace daybook::api
