// Registration, sessions, oneself. Passwords are hashed on their own bounded pool; neither they nor tokens reach the log but
// as hashes, sealed as the user's own.
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/routes/problem.hpp"
#include "command-service/routes/render.hpp"
#include "command-service/routes/routes.hpp"
#include "command-service/routes/send.hpp"
#include "platform/crypto/password.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::routes {

struct LoginBody {
  std::optional<std::string> email;
  std::optional<std::string> username;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (email, username, password))

struct RefreshBody {
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (refresh_token))

struct SignedIn {
  events::Json user;
  std::string access_token;
  std::string refresh_token;
  std::string token_type = "Bearer";
  std::int64_t expires_in = std::chrono::seconds(api::access_token_lifetime).count();
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (user, access_token, refresh_token, token_type, expires_in))

namespace {

using domain::User;
using domain::Workspace;
using events::SessionId;
using events::StreamId;
using events::UserId;
using events::WorkspaceId;

constexpr std::chrono::hours refresh_token_lifetime{24 * 14};   // without use
constexpr std::size_t password_bytes_max = 1024;                // looked at when signing in
constexpr std::size_t user_agent_bytes_max = 256;

// A refresh token names its user and session and carries 32 random bytes; the log knows only its hash.
struct RefreshToken {
  UserId user{};
  SessionId session{};
  std::string text;
};

std::string bytes_of(const text::Uuid& id) { return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()}; }

text::Uuid uuid_from(std::string_view bytes) {
  text::Uuid id;
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

RefreshToken make_refresh_token(UserId user, SessionId session) {
  return {user, session, text::base64url_encode(bytes_of(user.value) + bytes_of(session.value) + crypto::random_bytes(32))};
}

std::optional<RefreshToken> read_refresh_token(const std::string& words) {
  const auto bytes = words.size() > 200 ? std::nullopt : text::base64url_decode(words);
  if (!bytes || bytes->size() != 64) return std::nullopt;
  return RefreshToken{UserId{uuid_from(std::string_view(*bytes).substr(0, 16))}, SessionId{uuid_from(std::string_view(*bytes).substr(16, 16))}, words};
}

std::string hash_of(const RefreshToken& token) {
  const auto digest = crypto::sha256(token.text);
  return text::base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

Rejection wrong_credentials() {
  return {Rejection::Kind::unauthenticated, "invalid-credentials", "E-mail, username or password is not right.", {}, std::nullopt};
}
Rejection wrong_refresh_token() {
  return {Rejection::Kind::unauthenticated, "invalid-refresh-token", "The refresh token is not valid; sign in again.", {}, std::nullopt};
}

http::Response problem_reply(const api::Call& call, const Rejection& rejection) {
  auto response = api::respond_problem(call, problem_of(rejection));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

domain::CommandContext self_context(const log::Settling& settling, UserId user, const text::Uuid& fresh, const std::string& spare) {
  auto context = context_of(settling, api::Principal{user, {}}, fresh, spare);
  context.session.reset();
  return context;
}

domain::user::StartSession session_start(const CommandTools& tools, const api::Call& call, const RefreshToken& token, std::optional<std::string> verified) {
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

http::Response signed_in_reply(const CommandTools& tools, int status, const log::Accepted& accepted, const RefreshToken& token) {
  SignedIn reply{};
  reply.user.text = render::user(accepted.state.get(), {}).json;
  reply.access_token = tools.tokens->issue({token.user, token.session});
  reply.refresh_token = token.text;
  http::Response response;
  response.status = status;
  response.body = events::to_json(reply);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

log::Request as_user(const CommandTools& tools, const api::Call& call, UserId user) {
  log::Request request{};
  request.caller = caller_of(tools, call);
  request.caller.actor_type = events::ActorType::user;
  request.caller.actor_id = events::PrincipalId{user.value};
  return request;
}

// Runs work that hashes; says "busy" when too many are waiting.
void on_hashing(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, std::function<void()> work) {
  if (tools.hashing->post(std::move(work))) return;
  auto problem = api::unavailable("Too many sign-ins are waiting; come again in a moment.");
  problem.code = "busy";
  respond(api::respond_problem(*call, problem));
}

// ---- registration ------------------------------------------------------------------------------------------------

Result<log::Accepted> register_user(log::Settling& s, const domain::user::Register& command, const domain::user::StartSession& start,
                                    UserId user, const text::Uuid& member_id, const std::string& spare, const std::string& slug_spare) {
  const auto context = self_context(s, user, member_id, spare);
  const auto stream = events::stream_of(user);
  auto registered = decide(s.load<User>(stream), command, context, s);
  if (!registered) return std::move(registered.error());
  if (auto done = s.append<User>(stream, std::nullopt, *registered); !done) return std::move(done.error());

  domain::workspace::Create personal{};
  personal.name = domain::Name("Personal");
  personal.slug = domain::Slug("p-" + slug_spare);
  personal.is_personal = true;
  const auto workspace = events::stream_of(command.home_workspace_id);
  auto made = decide(s.load<Workspace>(workspace), personal, context, s);
  if (!made) return std::move(made.error());
  if (auto done = s.append<Workspace>(workspace, command.home_workspace_id, *made); !done) return std::move(done.error());

  auto started = decide(s.load<User>(stream), start, context, s);
  if (!started) return std::move(started.error());
  if (auto done = s.append<User>(stream, std::nullopt, *started); !done) return std::move(done.error());
  return log::Accepted{201, events::StreamType::user, stream, user.value, s.load<User>(stream).version, nullptr};
}

void carry_register(const CommandTools& tools, api::CallPtr call, domain::user::Register command, api::Respond respond) {
  on_hashing(tools, call, respond, [&tools, call, respond, command = std::move(command)]() mutable {
    command.password_hash = crypto::hash_password(command.password.text);
    command.password.text.clear();
    const auto user = command.id.value_or(UserId{tools.ids->next()});
    command.id = user;
    command.home_workspace_id = WorkspaceId{tools.ids->next()};
    const auto token = make_refresh_token(user, SessionId{tools.ids->next()});
    auto request = as_user(tools, *call, user);
    request.fresh = {events::stream_of(command.home_workspace_id)};
    const auto start = session_start(tools, *call, token, std::nullopt);
    const auto member_id = tools.ids->next();
    const auto spare = crypto::random_lower_alnum(spare_length), slug_spare = crypto::random_lower_alnum(8);
    request.items.push_back({[=](log::Settling& s) { return register_user(s, command, start, user, member_id, spare, slug_spare); }, std::nullopt});
    send_request(tools, call, respond, std::move(request), [&tools, call, token](const log::Outcome& outcome) {
      const auto& item = outcome.items.front();
      return item ? signed_in_reply(tools, 201, *item, token) : problem_reply(*call, item.error());
    });
  });
}

// ---- signing in --------------------------------------------------------------------------------------------------

// What the log knows of whoever signs in; looked up in settle, without writing anything.
struct Found {
  std::optional<UserId> user;
  std::optional<std::string> password_hash;
};

Result<log::Accepted> look_up(log::Settling& s, const LoginBody& body, Found& found) {
  found = {};
  const auto stream = body.email ? s.claimed_personal(domain::scope::email, *body.email) : s.claimed_personal(domain::scope::username, body.username.value_or(""));
  if (!stream) return log::Accepted{};
  const auto& user = s.load<User>(*stream);
  if (user.version.value == 0 || user.deleted_at) return log::Accepted{};
  found.user = user.id;
  if (user.password_hash && user.password_hash->state == events::Personal::State::open) found.password_hash = user.password_hash->text;
  return log::Accepted{200, events::StreamType::user, *stream, user.id.value, user.version, nullptr};
}

void start_session(const CommandTools& tools, api::CallPtr call, api::Respond respond, const Found& found) {
  const auto user = *found.user;
  const auto token = make_refresh_token(user, SessionId{tools.ids->next()});
  const auto start = session_start(tools, *call, token, found.password_hash);
  auto request = as_user(tools, *call, user);
  request.items.push_back({[=](log::Settling& s) -> Result<log::Accepted> {
    const auto stream = events::stream_of(user);
    auto started = decide(s.load<User>(stream), start, self_context(s, user, {}, ""), s);
    if (!started) return std::move(started.error());
    if (auto done = s.append<User>(stream, std::nullopt, *started); !done) return std::move(done.error());
    return log::Accepted{200, events::StreamType::user, stream, user.value, s.load<User>(stream).version, nullptr};
  }, std::nullopt});
  send_request(tools, call, respond, std::move(request), [&tools, call, token](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    return item ? signed_in_reply(tools, 200, *item, token) : problem_reply(*call, item.error());
  });
}

void carry_login(const CommandTools& tools, api::CallPtr call, LoginBody body, api::Respond respond) {
  if (body.email.has_value() == body.username.has_value())
    return respond(problem_reply(*call, domain::invalid("/email", "required", "Give the e-mail address or the username, one of the two.")));
  if (body.password.size() > password_bytes_max) return respond(problem_reply(*call, wrong_credentials()));
  auto found = std::make_shared<Found>();
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.items.push_back({[body, found](log::Settling& s) { return look_up(s, body, *found); }, std::nullopt});
  const auto busy = [call, respond] { respond(api::respond_problem(*call, api::unavailable("Too many commands are waiting; come again in a moment."))); };
  const auto after = [&tools, call, respond, found, password = body.password](log::Reply reply) {
    if (const auto* away = std::get_if<log::Unavailable>(&reply)) return respond(api::respond_problem(*call, api::unavailable(away->reason)));
    on_hashing(tools, call, respond, [&tools, call, respond, found, password] {
      // Whoever is not there costs as long as whoever is.
      const bool right = found->password_hash ? crypto::verify_password(password, *found->password_hash)
                                              : (crypto::verify_nothing(password), false);
      if (!right) return respond(problem_reply(*call, wrong_credentials()));
      start_session(tools, call, respond, *found);
    });
  };
  if (!tools.appender->submit(std::move(request), after)) busy();
}

// ---- refresh and logout ------------------------------------------------------------------------------------------

constexpr int refused_but_written = 401;

Result<log::Accepted> refresh(log::Settling& s, const RefreshToken& token, const domain::user::RefreshSession& command) {
  const auto stream = events::stream_of(token.user);
  const auto& state = s.load<User>(stream);
  if (state.version.value == 0) return wrong_refresh_token();
  auto decided = decide(state, command, self_context(s, token.user, {}, ""), s);
  if (decided.events.empty() && decided.rejection) return wrong_refresh_token();
  if (auto done = s.append<User>(stream, std::nullopt, decided.events); !done) return std::move(done.error());
  const int status = decided.rejection ? refused_but_written : 200;
  return log::Accepted{status, events::StreamType::user, stream, token.user.value, s.load<User>(stream).version, nullptr};
}

void carry_refresh(const CommandTools& tools, api::CallPtr call, RefreshBody body, api::Respond respond) {
  const auto presented = read_refresh_token(body.refresh_token);
  if (!presented) return respond(problem_reply(*call, wrong_refresh_token()));
  const auto next = make_refresh_token(presented->user, presented->session);
  domain::user::RefreshSession command{};
  command.session_id = presented->session;
  command.presented_hash = hash_of(*presented);
  command.next_hash = hash_of(next);
  command.expires_at = tools.clock() + refresh_token_lifetime;
  auto request = as_user(tools, *call, presented->user);
  request.items.push_back({[token = *presented, command](log::Settling& s) { return refresh(s, token, command); }, std::nullopt});
  send_request(tools, call, respond, std::move(request), [&tools, call, next](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return problem_reply(*call, item.error());
    return item->status == refused_but_written ? problem_reply(*call, wrong_refresh_token()) : signed_in_reply(tools, 200, *item, next);
  });
}

// Appends what `decide` says about oneself and answers with the user, or with nothing.
template <class C>
void change_self(const CommandTools& tools, api::CallPtr call, api::Respond respond, UserId user, SessionId session, C command, int status,
                 std::optional<std::int64_t> if_version) {
  auto request = as_user(tools, *call, user);
  const bool signed_in = call->principal.has_value();
  request.items.push_back({[=, fresh = tools.ids->next(), spare = crypto::random_lower_alnum(spare_length)](log::Settling& s) -> Result<log::Accepted> {
    if (signed_in) {
      if (auto refusal = check_signed_in(s, {user, session})) return std::move(*refusal);
    }
    const auto stream = events::stream_of(user);
    const auto& state = s.load<User>(stream);
    if (auto conflict = check_version(if_version, state.version)) return std::move(*conflict);
    auto decided = decide(state, command, context_of(s, {user, session}, fresh, spare), s);
    if (!decided) return std::move(decided.error());
    if (auto done = s.append<User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
    return log::Accepted{status, events::StreamType::user, stream, user.value, s.load<User>(stream).version, nullptr};
  }, std::nullopt});
  send_request(tools, call, respond, std::move(request), [call](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return problem_reply(*call, item.error());
    http::Response response;
    response.status = item->status;
    const auto rendered = render::user(item->state.get(), {});
    response.headers.push_back({"ETag", "\"v" + std::to_string(rendered.version.value) + "\""});
    if (item->status != 204) response.body = rendered.json;
    return response;
  });
}

void carry_logout(const CommandTools& tools, api::CallPtr call, RefreshBody body, api::Respond respond) {
  const auto token = read_refresh_token(body.refresh_token);
  http::Response nothing_to_do;
  nothing_to_do.status = 204;
  if (!token) return respond(std::move(nothing_to_do));
  change_self(tools, call, std::move(respond), token->user, token->session, domain::user::LogOut{token->session, hash_of(*token)}, 204, std::nullopt);
}

void carry_profile(const CommandTools& tools, api::CallPtr call, domain::user::ChangeProfile command, api::Respond respond) {
  const auto terms = read_terms(tools, *call);
  if (!terms) return respond(problem_reply(*call, terms.error()));
  const auto principal = *call->principal;
  change_self(tools, call, std::move(respond), principal.user, principal.session, std::move(command), 200, terms->if_version);
}

void carry_password(const CommandTools& tools, api::CallPtr call, domain::user::ChangePassword command, api::Respond respond) {
  auto found = std::make_shared<Found>();
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.items.push_back({[found, principal = *call->principal](log::Settling& s) -> Result<log::Accepted> {
    if (auto refusal = check_signed_in(s, principal)) return std::move(*refusal);
    const auto& user = s.load<User>(events::stream_of(principal.user));
    if (user.password_hash) found->password_hash = user.password_hash->text;
    return log::Accepted{};
  }, std::nullopt});
  const auto after = [&tools, call, respond, found, command](log::Reply reply) {
    if (const auto* away = std::get_if<log::Unavailable>(&reply)) return respond(api::respond_problem(*call, api::unavailable(away->reason)));
    if (const auto& item = std::get<log::Outcome>(reply).items.front(); !item) return respond(problem_reply(*call, item.error()));
    on_hashing(tools, call, respond, [&tools, call, respond, found, command]() mutable {
      if (!found->password_hash || command.current_password.size() > password_bytes_max || !crypto::verify_password(command.current_password, *found->password_hash))
        return respond(problem_reply(*call, domain::invalid("/current_password", "wrong-password", "This is not the current password.")));
      command.verified_hash = *found->password_hash;
      command.new_hash = crypto::hash_password(command.new_password.text);
      command.current_password.clear();
      command.new_password.text.clear();
      const auto principal = *call->principal;
      change_self(tools, call, respond, principal.user, principal.session, std::move(command), 204, std::nullopt);
    });
  };
  if (!tools.appender->submit(std::move(request), after)) respond(api::respond_problem(*call, api::unavailable("Too many commands are waiting.")));
}

// ---- a new workspace ---------------------------------------------------------------------------------------------

void carry_new_workspace(const CommandTools& tools, api::CallPtr call, domain::workspace::Create command, api::Respond respond) {
  auto terms = read_terms(tools, *call);
  if (!terms) return respond(problem_reply(*call, terms.error()));
  Prepared prepared;
  const auto fresh = tools.ids->next();
  if (!command.id) prepared.fresh.push_back(StreamId{fresh});
  prepared.item.execute = [command, fresh, member_id = tools.ids->next(), principal = *call->principal, spare = crypto::random_lower_alnum(spare_length)](log::Settling& s) -> Result<log::Accepted> {
    if (auto refusal = check_signed_in(s, principal)) return std::move(*refusal);
    const WorkspaceId id = command.id.value_or(WorkspaceId{fresh});
    const auto stream = events::stream_of(id);
    auto decided = decide(s.load<Workspace>(stream), command, context_of(s, principal, member_id, spare), s);
    if (!decided) return std::move(decided.error());
    if (auto done = s.append<Workspace>(stream, id, *decided); !done) return std::move(done.error());
    return log::Accepted{201, events::StreamType::workspace, stream, id.value, s.load<Workspace>(stream).version, nullptr};
  };
  send(tools, call, std::move(respond), std::move(prepared), std::move(*terms), render::workspace, "/api/v1/workspaces");
}

// ---- declarations ------------------------------------------------------------------------------------------------

template <class Body>
api::Route post(const CommandTools& tools, std::string_view id, std::string_view path, std::string_view summary, bool signed_in, int status,
                void (*carry)(const CommandTools&, api::CallPtr, Body, api::Respond)) {
  api::Route route{};
  route.id = id;
  route.method = "POST";
  route.path = path;
  route.summary = summary;
  route.tag = "auth";
  route.signed_in = signed_in;
  route.status = status;
  route.body = &events::type_info<Body>();
  route.handler = api::with_body<Body>([&tools, carry](api::CallPtr call, Body body, api::Respond respond) { carry(tools, std::move(call), std::move(body), std::move(respond)); });
  return route;
}

api::Route delete_self(const CommandTools& tools) {
  api::Route route{};
  route.id = "deleteMe";
  route.method = "DELETE";
  route.path = "/api/v1/me";
  route.summary = "Deletes oneself; refused for the sole owner of a workspace others may be in.";
  route.tag = "auth";
  route.status = 204;
  route.handler = [&tools](api::CallPtr call, api::Respond respond) {
    const auto principal = *call->principal;
    change_self(tools, call, std::move(respond), principal.user, principal.session, domain::user::Delete{}, 204, std::nullopt);
  };
  return route;
}

api::Route revoke_session(const CommandTools& tools) {
  api::Route route{};
  route.id = "revokeSession";
  route.method = "DELETE";
  route.path = "/api/v1/me/sessions/{session}";
  route.summary = "Ends one of one's own sessions.";
  route.tag = "auth";
  route.status = 204;
  route.handler = [&tools](api::CallPtr call, api::Respond respond) {
    const auto session = SessionId::parse(call->path_parameter("session"));
    if (!session) return respond(api::respond_problem(*call, api::not_found("session")));
    const auto principal = *call->principal;
    change_self(tools, call, std::move(respond), principal.user, principal.session, domain::user::RevokeSession{*session}, 204, std::nullopt);
  };
  return route;
}

}  // namespace

std::vector<api::Route> auth_routes(const CommandTools& tools) {
  auto profile = post<domain::user::ChangeProfile>(tools, "changeMe", "/api/v1/me", "Changes one's own profile (merge patch).", true, 200, carry_profile);
  profile.method = "PATCH";
  auto workspace = post<domain::workspace::Create>(tools, "createWorkspace", "/api/v1/workspaces", "A new workspace; its creator owns it.", true, 201, carry_new_workspace);
  workspace.tag = "workspace";
  auto registration = post<domain::user::Register>(tools, "register", "/api/v1/auth/register", "A new user, signed in.", false, 201, carry_register);
  auto login = post<LoginBody>(tools, "login", "/api/v1/auth/login", "Signs in by e-mail or username and password.", false, 200, carry_login);
  auto refreshing = post<RefreshBody>(tools, "refresh", "/api/v1/auth/refresh", "A new access token; the refresh token is replaced too.", false, 200, carry_refresh);
  for (auto* route : {&registration, &login, &refreshing}) route->reply = &events::type_info<SignedIn>();
  return {std::move(registration), std::move(login), std::move(refreshing),
          post<RefreshBody>(tools, "logout", "/api/v1/auth/logout", "Ends the session of the refresh token.", false, 204, carry_logout),
          std::move(profile), delete_self(tools), revoke_session(tools),
          post<domain::user::ChangePassword>(tools, "changePassword", "/api/v1/me/password", "Replaces one's password; other sessions end.", true, 204, carry_password),
          std::move(workspace)};
}

}  // namespace daybook::routes
