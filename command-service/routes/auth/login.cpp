// Signing in by e-mail address or username and password. One answer and one duration for every failure.
#include "command-service/domain/core/address.hpp"
#include "command-service/routes/auth/session.hpp"
#include "platform/crypto/password.hpp"

namespace daybook::routes {

struct LoginBody {
  std::optional<std::string> email;
  std::optional<std::string> username;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (email, username, password))

namespace {

using domain::User;

// What the log knows of whoever signs in; looked up in settle, without writing anything.
struct Found {
  std::optional<UserId> user;
  std::optional<std::string> password_hash;
};

Result<log::Accepted> look_up(log::Settling& settling, const LoginBody& body, Found& found) {
  found = {};
  const auto stream = body.email ? settling.claimed_personal(domain::scope::email, *body.email)
                                 : settling.claimed_personal(domain::scope::username, body.username.value_or(""));
  if (!stream) return log::Accepted{};
  const auto& user = settling.load<User>(*stream);
  if (user.version.value == 0 || user.deleted_at) return log::Accepted{};
  found.user = user.id;
  if (user.password_hash && user.password_hash->state == events::Personal::State::open) found.password_hash = user.password_hash->text;
  return log::Accepted{};
}

void start_session(const CommandTools& tools, api::CallPtr call, api::Respond respond, const Found& found) {
  const auto user = *found.user;
  const auto token = make_refresh_token(user, SessionId{tools.ids->next()});
  auto request = as_user(tools, *call, user);
  const auto start = session_start(tools, *call, token, found.password_hash);
  request.items.push_back(user_item(user, start));
  send_request(tools, call, respond, std::move(request), [&tools, call, token](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    return item ? signed_in_reply(tools, 200, *item, token) : problem_reply(*call, item.error());
  });
}

void carry_login(const CommandTools& tools, api::CallPtr call, LoginBody body, api::Respond respond) {
  if (body.email.has_value() == body.username.has_value())
    return respond(problem_reply(*call, domain::invalid("/email", "required", "Give the e-mail address or the username, one of the two.")));
  if (body.password.size() > password_bytes_max) return respond(problem_reply(*call, domain::user::invalid_credentials()));
  auto found = std::make_shared<Found>();
  const auto check = [&tools, call, respond, found, password = body.password] {
    // Whoever is not there costs as long as whoever is.
    const bool right = found->password_hash ? crypto::verify_password(password, *found->password_hash)
                                            : (crypto::verify_nothing(password), false);
    if (!right) {
      if (found->user) write_behind(tools, *call, *found->user, domain::user::FailSignIn{tools.lock});
      return respond(problem_reply(*call, domain::user::invalid_credentials()));
    }
    start_session(tools, call, respond, *found);
  };
  ask_log(tools, call, respond, [body = std::move(body), found](log::Settling& settling) { return look_up(settling, body, *found); },
          [&tools, call, respond, check](const log::ItemOutcome&) { on_hashing(tools, call, respond, check); });
}

}  // namespace

std::vector<api::Route> login_routes(const CommandTools& tools) {
  auto route = auth_route(tools, "login", "POST", "/api/v1/auth/login", "Signs in by e-mail or username and password.", 200, carry_login);
  route.signed_in = false;
  route.reply = &events::type_info<SignedIn>();
  route.reply_fields = signing_in;
  return {std::move(route)};
}

}  // namespace daybook::routes
