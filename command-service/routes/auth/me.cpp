// What one changes about oneself: profile, password, sessions, being there at all.
#include "command-service/routes/auth/oneself.hpp"
#include "platform/crypto/password.hpp"

namespace daybook::routes {
namespace {

using domain::User;

void carry_profile(const CommandTools& tools, api::CallPtr call, domain::user::ChangeProfile command, api::Respond respond) {
  change_self(tools, std::move(call), std::move(respond), std::move(command), 200);
}

void carry_password(const CommandTools& tools, api::CallPtr call, domain::user::ChangePassword command, api::Respond respond) {
  auto hash = std::make_shared<std::optional<std::string>>();
  const auto question = [hash, principal = *call->principal](log::Settling& settling) -> Result<log::Accepted> {
    if (auto refusal = check_signed_in(settling, principal)) return std::move(*refusal);
    const auto& user = settling.load<User>(events::stream_of(principal.user));
    if (user.password_hash) *hash = user.password_hash->text;
    return log::Accepted{};
  };
  const auto change = [&tools, call, respond, hash, command]() mutable {
    const bool right = *hash && command.current_password.size() <= password_bytes_max && crypto::verify_password(command.current_password, **hash);
    if (!right) return respond(problem_reply(*call, domain::invalid("/current_password", "wrong-password", "This is not the current password.")));
    command.verified_hash = **hash;
    command.new_hash = tools.hash_password(command.new_password.text);
    command.current_password.clear();
    command.new_password.text.clear();
    change_self(tools, call, respond, std::move(command), 204);
  };
  ask_log(tools, call, respond, question, [&tools, call, respond, change](const log::ItemOutcome& known) {
    if (!known) return respond(problem_reply(*call, known.error()));
    on_hashing(tools, call, respond, change);
  });
}

}  // namespace

api::Route without_body(std::string_view id, std::string_view method, std::string_view path, std::string_view summary, api::Handler handler) {
  api::Route route{};
  route.id = id;
  route.method = method;
  route.path = path;
  route.summary = summary;
  route.tag = "auth";
  route.status = 204;
  route.reply_fields = about_oneself;
  route.handler = std::move(handler);
  return route;
}

std::vector<api::Route> me_routes(const CommandTools& tools) {
  auto profile = auth_route(tools, "changeMe", "PATCH", "/api/v1/me", "Changes one's own profile (merge patch).", 200, carry_profile);
  profile.reply = &events::type_info<UserReply>();
  auto password = auth_route(tools, "changePassword", "POST", "/api/v1/me/password", "Replaces one's password; other sessions end.", 204, carry_password);
  profile.reply_fields = password.reply_fields = about_oneself;
  return {
      std::move(profile),
      std::move(password),
      without_body("deleteMe", "DELETE", "/api/v1/me", "Deletes oneself; refused for the sole owner of a workspace others may be in.",
                   [&tools](api::CallPtr call, api::Respond respond) { change_self(tools, call, std::move(respond), domain::user::Delete{}, 204); }),
      without_body("revokeSession", "DELETE", "/api/v1/me/sessions/{session}", "Ends one of one's own sessions.", [&tools](api::CallPtr call, api::Respond respond) {
        const auto session = SessionId::parse(call->path_parameter("session"));
        if (!session) return respond(api::respond_problem(*call, api::not_found("session")));
        change_self(tools, call, std::move(respond), domain::user::RevokeSession{*session}, 204);
      }),
  };
}

}  // namespace daybook::routes
