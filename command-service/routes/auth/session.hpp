#pragma once
// What registration, sign-in and refresh have in common: the refresh token, the session it belongs to, and the reply that
// hands both tokens over. Neither passwords nor tokens reach the log but as hashes, sealed as the user's own.
#include "command-service/domain/user/user.hpp"
#include "command-service/mailing/token.hpp"
#include "command-service/routes/context.hpp"
#include "command-service/routes/send.hpp"

namespace daybook::routes {

using events::SessionId;
using events::UserId;

// A refresh token names its user and session and carries 32 random bytes; the log knows only its hash.
struct RefreshToken {
  UserId user{};
  SessionId session{};
  std::string text;
};
RefreshToken make_refresh_token(UserId user, SessionId session);
std::optional<RefreshToken> read_refresh_token(const std::string& words);
std::string hash_of(const RefreshToken& token);

struct RefreshBody {
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (refresh_token))

struct UserReply : events::user::Fields {
  events::Personal email;
  events::Personal username;
  std::optional<events::Personal> full_name;
  std::optional<events::Personal> avatar;
  std::optional<events::Personal> google_id;
};
BOOST_DESCRIBE_STRUCT(UserReply, (events::user::Fields), (email, username, full_name, avatar, google_id))

// Without tokens where the address has to be confirmed first.
struct SignedIn {
  UserReply user;
  std::optional<std::string> access_token;
  std::optional<std::string> refresh_token;
  std::string token_type = "Bearer";
  std::int64_t expires_in = std::chrono::seconds(api::access_token_lifetime).count();
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (user, access_token, refresh_token, token_type, expires_in))

inline constexpr std::chrono::hours refresh_token_lifetime{24 * 14};   // without use
inline constexpr std::chrono::hours verification_lifetime{24 * 3};   // of what the mail holds
inline constexpr std::size_t password_bytes_max = 1024;                // looked at when a password is checked

// `verified` is the hash the password was found to match; none right after registration.
domain::user::StartSession session_start(const CommandTools& tools, const api::Call& call, const RefreshToken& token,
                                         std::optional<std::string> verified);
// A caller who proved to be the user by what they sent, not by an access token.
domain::CommandContext self_context(const log::Settling& settling, UserId user, const Drawn& drawn = {});
log::Request as_user(const CommandTools& tools, const api::Call& call, UserId user);

// A command that asks for a mail, with the hash of the token that it will hold.
template <class C>
C asking(const CommandTools& tools, UserId user, std::chrono::hours lifetime) {
  C command{};
  command.token_id = events::MailedTokenId{tools.ids->next()};
  command.token_hash = mailing::mailed_token(*tools.keys, events::stream_of(user), command.token_id).hash();
  command.expires_at = tools.clock() + lifetime;
  return command;
}

// What `decide` says of a command about the user, who proved to be that by what they sent.
template <class C>
log::Item user_item(UserId user, C command, int status = 200) {
  return {[=](log::Settling& settling) -> Result<log::Accepted> {
            const auto stream = events::stream_of(user);
            auto decided = decide(settling.load<domain::User>(stream), command, self_context(settling, user), settling);
            if (!decided) return std::move(decided.error());
            if (auto done = settling.append<domain::User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
            return log::Accepted{status, events::StreamType::user, stream, user.value, settling.load<domain::User>(stream).version, nullptr};
          },
          std::nullopt};
}

// Writes down, on the system's behalf and behind the answer, what its receiver is not to learn of.
template <class C>
void write_behind(const CommandTools& tools, const api::Call& call, UserId user, C command) {
  auto request = as_user(tools, call, user);
  request.caller.actor_type = events::ActorType::system;
  request.caller.actor_id.reset();
  request.items.push_back(user_item(user, std::move(command)));
  (void)tools.appender->submit(std::move(request), [](const log::Reply&) {});
}

http::Response signed_in_reply(const CommandTools& tools, int status, const log::Accepted& accepted, const RefreshToken& token);
// A refusal that no cache keeps.
http::Response problem_reply(const api::Call& call, const Rejection& rejection);
UserReply user_reply(const void* state);

// Hands to the log a question whose answer the closure keeps; `then` runs once it is answered, unless the log is away.
void ask_log(const CommandTools& tools, api::CallPtr call, api::Respond respond, log::Execute question, std::function<void(const log::ItemOutcome&)> then);
// Runs work that hashes; says "busy" when too many are waiting.
void on_hashing(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, std::function<void()> work);

// What replies of routes about oneself carry, and those that hand over tokens.
inline const std::vector<std::string_view> about_oneself{"ETag", "Daybook-Position", "Daybook-Log"};
inline const std::vector<std::string_view> signing_in{"Daybook-Position", "Daybook-Log", "Cache-Control"};

template <class Body>
api::Route auth_route(const CommandTools& tools, std::string_view id, std::string_view method, std::string_view path, std::string_view summary,
                      int status, void (*carry)(const CommandTools&, api::CallPtr, Body, api::Respond)) {
  api::Route route{};
  route.id = id;
  route.method = method;
  route.path = path;
  route.summary = summary;
  route.tag = "auth";
  route.status = status;
  route.body = &events::type_info<Body>();
  route.handler = api::with_body<Body>([&tools, carry](api::CallPtr call, Body body, api::Respond respond) {
    carry(tools, std::move(call), std::move(body), std::move(respond));
  });
  return route;
}

// One list a file of this folder.
std::vector<api::Route> register_routes(const CommandTools& tools);
std::vector<api::Route> login_routes(const CommandTools& tools);
std::vector<api::Route> refresh_routes(const CommandTools& tools);   // and logout
std::vector<api::Route> me_routes(const CommandTools& tools);
std::vector<api::Route> erase_routes(const CommandTools& tools);
std::vector<api::Route> notification_routes(const CommandTools& tools);
std::vector<api::Route> mailed_routes(const CommandTools& tools);    // what a mail proves
std::vector<api::Route> accept_routes(const CommandTools& tools);    // what a mail offers

}  // namespace daybook::routes
