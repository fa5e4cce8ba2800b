#include "command-service/routes/auth/session.hpp"

#include "command-service/routes/problem.hpp"
#include "command-service/routes/routes.hpp"
#include "platform/crypto/opaque_token.hpp"
#include "platform/crypto/random.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::routes {

namespace {

constexpr std::size_t user_agent_bytes_max = 256;

}  // namespace

RefreshToken make_refresh_token(UserId user, SessionId session) {
  return {user, session, crypto::OpaqueToken::make(user.value, session.value, crypto::random_bytes(crypto::token_secret_bytes)).text};
}

std::optional<RefreshToken> read_refresh_token(const std::string& words) {
  const auto token = crypto::OpaqueToken::read(words);
  if (!token) return std::nullopt;
  return RefreshToken{UserId{token->owner}, SessionId{token->id}, words};
}

std::string hash_of(const RefreshToken& token) { return crypto::OpaqueToken{token.user.value, token.session.value, token.text}.hash(); }

domain::user::StartSession session_start(const CommandTools& tools, const api::Call& call, const RefreshToken& token,
                                         std::optional<std::string> verified) {
  domain::user::StartSession start{};
  start.session_id = token.session;
  start.refresh_token_hash = hash_of(token);
  const auto agent = call.request.header("User-Agent").substr(0, user_agent_bytes_max);
  if (!agent.empty() && text::valid_utf8(agent)) start.user_agent = std::string(agent);
  if (!call.request.remote_address.empty()) start.address = call.request.remote_address;
  start.expires_at = tools.clock() + refresh_token_lifetime;
  start.verified_hash = std::move(verified);
  return start;
}

domain::CommandContext self_context(const log::Settling& settling, UserId user, const Drawn& drawn) {
  auto context = context_of(settling, api::Principal{user, {}}, drawn);
  context.session.reset();
  return context;
}

log::Request as_user(const CommandTools& tools, const api::Call& call, UserId user) {
  log::Request request{};
  request.caller = caller_of(tools, call);
  request.caller.actor_type = events::ActorType::user;
  request.caller.actor_id = events::PrincipalId{user.value};
  return request;
}

UserReply user_reply(const void* state) {
  const auto& user = *static_cast<const events::user::State*>(state);
  UserReply reply{};
  static_cast<events::user::Fields&>(reply) = user;
  static_cast<events::Stamp&>(reply) = profile_stamp(user);
  reply.email = user.email;
  reply.username = user.username;
  reply.full_name = user.full_name;
  reply.avatar = user.avatar;
  reply.google_id = user.google_id;
  return reply;
}

http::Response signed_in_reply(const CommandTools& tools, int status, const log::Accepted& accepted, const RefreshToken& token) {
  SignedIn reply{};
  reply.user = user_reply(accepted.state.get());
  if (reply.user.status == events::user::Status::active) {
    reply.access_token = tools.tokens->issue({token.user, token.session});
    reply.refresh_token = token.text;
  }
  http::Response response;
  response.status = status;
  response.body = events::to_json_with_nulls(reply);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

http::Response problem_reply(const api::Call& call, const Rejection& rejection) {
  auto response = api::respond_problem(call, problem_of(rejection));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

void ask_log(const CommandTools& tools, api::CallPtr call, api::Respond respond, log::Execute question,
             std::function<void(const log::ItemOutcome&)> then) {
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.items.push_back({std::move(question), std::nullopt});
  const auto after = [call, respond, then = std::move(then)](log::Reply reply) {
    if (const auto* away = std::get_if<log::Unavailable>(&reply)) return respond(api::respond_problem(*call, api::unavailable(away->reason)));
    then(std::get<log::Outcome>(reply).items.front());
  };
  if (!tools.appender->submit(std::move(request), after)) respond(busy_response(*call, "Too many commands are waiting; come again in a moment."));
}

void on_hashing(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, std::function<void()> work) {
  if (!tools.hashing->post(std::move(work))) respond(busy_response(*call, "Too many sign-ins are waiting; come again in a moment."));
}

std::vector<api::Route> auth_routes(const CommandTools& tools) {
  std::vector<api::Route> all;
  for (auto* list : {register_routes, login_routes, refresh_routes, me_routes, erase_routes, notification_routes, mailed_routes, accept_routes})
    for (auto& route : list(tools)) all.push_back(std::move(route));
  return all;
}

}  // namespace daybook::routes
