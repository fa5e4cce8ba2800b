// Refreshing a session, which replaces its refresh token, and ending it.
#include "command-service/routes/auth/session.hpp"

namespace daybook::routes {
namespace {

using domain::User;

// A token shown a second time ends its session: that is written, and refused all the same.
constexpr int written_and_refused = 401;

Result<log::Accepted> refresh(log::Settling& settling, UserId user, const domain::user::RefreshSession& command) {
  const auto stream = events::stream_of(user);
  auto decided = decide(settling.load<User>(stream), command, self_context(settling, user), settling);
  if (decided.events.empty() && decided.rejection) return std::move(*decided.rejection);
  if (auto done = settling.append<User>(stream, std::nullopt, decided.events); !done) return std::move(done.error());
  return log::Accepted{decided.rejection ? written_and_refused : 200, events::StreamType::user, stream, user.value,
                       settling.load<User>(stream).version, nullptr};
}

void carry_refresh(const CommandTools& tools, api::CallPtr call, RefreshBody body, api::Respond respond) {
  const auto presented = read_refresh_token(body.refresh_token);
  if (!presented) return respond(problem_reply(*call, domain::user::invalid_refresh_token()));
  const auto next = make_refresh_token(presented->user, presented->session);
  domain::user::RefreshSession command{};
  command.session_id = presented->session;
  command.presented_hash = hash_of(*presented);
  command.next_hash = hash_of(next);
  command.expires_at = tools.clock() + refresh_token_lifetime;
  auto request = as_user(tools, *call, presented->user);
  request.items.push_back({[user = presented->user, command](log::Settling& settling) { return refresh(settling, user, command); }, std::nullopt});
  send_request(tools, call, respond, std::move(request), [&tools, call, next](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return problem_reply(*call, item.error());
    if (item->status == written_and_refused) return problem_reply(*call, domain::user::refresh_token_reused());
    return signed_in_reply(tools, 200, *item, next);
  });
}

void carry_logout(const CommandTools& tools, api::CallPtr call, RefreshBody body, api::Respond respond) {
  const auto nothing = [](const log::Outcome&) {
    http::Response response;
    response.status = 204;
    return response;
  };
  const auto token = read_refresh_token(body.refresh_token);
  if (!token) return respond(nothing({}));
  auto request = as_user(tools, *call, token->user);
  const domain::user::LogOut command{token->session, hash_of(*token)};
  request.items.push_back({[user = token->user, command](log::Settling& settling) -> Result<log::Accepted> {
    const auto stream = events::stream_of(user);
    auto decided = decide(settling.load<User>(stream), command, self_context(settling, user), settling);
    if (!decided) return std::move(decided.error());
    if (auto done = settling.append<User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
    return log::Accepted{204, events::StreamType::user, stream, user.value, settling.load<User>(stream).version, nullptr};
  }, std::nullopt});
  send_request(tools, call, std::move(respond), std::move(request), nothing);
}

}  // namespace

std::vector<api::Route> refresh_routes(const CommandTools& tools) {
  auto refreshing = auth_route(tools, "refresh", "POST", "/api/v1/auth/refresh", "A new access token; the refresh token is replaced too.", 200, carry_refresh);
  refreshing.reply = &events::type_info<SignedIn>();
  refreshing.reply_fields = signing_in;
  auto ending = auth_route(tools, "logout", "POST", "/api/v1/auth/logout", "Ends the session of the refresh token.", 204, carry_logout);
  refreshing.signed_in = ending.signed_in = false;
  return {std::move(refreshing), std::move(ending)};
}

}  // namespace daybook::routes
