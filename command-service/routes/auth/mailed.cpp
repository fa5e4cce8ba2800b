// What a mail proves: that an address is one's own, and that one may set a new password. Whoever asks for a mail to an address
// learns nothing about who is there.
#include "command-service/domain/core/address.hpp"
#include "command-service/mailing/token.hpp"
#include "command-service/routes/auth/session.hpp"
#include "platform/crypto/password.hpp"

namespace daybook::routes {

struct TokenBody {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(TokenBody, (), (token))

struct AddressBody {
  domain::Email email{};
};
BOOST_DESCRIBE_STRUCT(AddressBody, (), (email))

struct NewPasswordBody {
  std::string token;
  domain::Password new_password{};
};
BOOST_DESCRIBE_STRUCT(NewPasswordBody, (), (token, new_password))

namespace {

using domain::User;
using events::MailedTokenId;

constexpr std::chrono::hours password_reset_lifetime{1};

http::Response empty_reply(int status) {
  http::Response response;
  response.status = status;
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// Sends a request whose answer shows nothing but how it went.
void send_for_nothing(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, log::Request request, int status) {
  send_request(tools, call, respond, std::move(request), [call, status](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    return item ? empty_reply(status) : problem_reply(*call, item.error());
  });
}

// A command that presents a mailed token; 204.
template <class C>
void present(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, const std::string& words, C command) {
  const auto token = crypto::OpaqueToken::read(words);
  if (!token) return respond(problem_reply(*call, domain::user::invalid_mailed_token()));
  const UserId user{token->owner};
  command.token_id = MailedTokenId{token->id};
  command.presented_hash = token->hash();
  auto request = as_user(tools, *call, user);
  request.items.push_back(user_item(user, std::move(command), 204));
  send_for_nothing(tools, call, respond, std::move(request), 204);
}

void carry_verification(const CommandTools& tools, api::CallPtr call, TokenBody body, api::Respond respond) {
  present(tools, call, respond, body.token, domain::user::VerifyEmail{});
}

void carry_new_password(const CommandTools& tools, api::CallPtr call, NewPasswordBody body, api::Respond respond) {
  if (!crypto::OpaqueToken::read(body.token)) return respond(problem_reply(*call, domain::user::invalid_mailed_token()));
  on_hashing(tools, call, respond, [&tools, call, respond, body = std::move(body)]() mutable {
    domain::user::ResetPassword reset{};
    reset.new_hash = tools.hash_password(body.new_password.text);
    body.new_password.text.clear();
    present(tools, call, respond, body.token, std::move(reset));
  });
}

// The answer does not wait for what is written, which only happens where there is somebody.
void carry_reset_request(const CommandTools& tools, api::CallPtr call, AddressBody body, api::Respond respond) {
  auto found = std::make_shared<std::optional<UserId>>();
  const auto question = [found, email = std::move(body.email.text)](log::Settling& settling) -> Result<log::Accepted> {
    const auto stream = settling.claimed_personal(domain::scope::email, email);
    *found = stream ? std::optional(UserId{stream->value}) : std::nullopt;
    return log::Accepted{};
  };
  ask_log(tools, call, respond, question, [&tools, call, respond, found](const log::ItemOutcome&) {
    if (*found) write_behind(tools, *call, **found, asking<domain::user::RequestPasswordReset>(tools, **found, password_reset_lifetime));
    respond(empty_reply(202));
  });
}

void carry_verification_request(const CommandTools& tools, api::CallPtr call, api::Respond respond) {
  const auto principal = *call->principal;
  auto request = as_user(tools, *call, principal.user);
  request.admit = [principal](log::Settling& settling) { return check_signed_in(settling, principal); };
  request.items.push_back(user_item(principal.user, asking<domain::user::RequestVerification>(tools, principal.user, verification_lifetime), 202));
  send_for_nothing(tools, call, respond, std::move(request), 202);
}

template <class Body>
api::Route open_route(const CommandTools& tools, std::string_view id, std::string_view path, std::string_view summary, int status,
                      void (*carry)(const CommandTools&, api::CallPtr, Body, api::Respond)) {
  auto route = auth_route(tools, id, "POST", path, summary, status, carry);
  route.signed_in = false;
  return route;
}

}  // namespace

std::vector<api::Route> mailed_routes(const CommandTools& tools) {
  api::Route again{};
  again.id = "requestVerification";
  again.method = "POST";
  again.path = "/api/v1/me/verification";
  again.summary = "Sends a mail to one's address, by which it is confirmed.";
  again.tag = "auth";
  again.status = 202;
  again.handler = [&tools](api::CallPtr call, api::Respond respond) { carry_verification_request(tools, std::move(call), std::move(respond)); };
  return {
      std::move(again),
      open_route(tools, "verifyEmail", "/api/v1/auth/verify-email", "Confirms an address by what the mail to it holds.", 204, carry_verification),
      open_route(tools, "requestPasswordReset", "/api/v1/auth/password-reset", "Sends a mail by which a new password can be set, if the address is somebody's.",
                 202, carry_reset_request),
      open_route(tools, "resetPassword", "/api/v1/auth/password-reset/confirm", "Sets a new password by what the mail holds; every session ends.", 204,
                 carry_new_password),
  };
}

}  // namespace daybook::routes
