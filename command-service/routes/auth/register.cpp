// Registration: a user, their personal workspace and their first session, or the mail that comes before it, in one append.
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/routes/auth/session.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::routes {
namespace {

using domain::User;
using domain::Workspace;

// Everything drawn and hashed beforehand, so that settling may run it again.
struct Registration {
  UserId user{};
  domain::user::Register command;
  domain::user::StartSession session;
  std::optional<domain::user::RequestVerification> verification;   // in place of the session
  Drawn drawn;
  domain::workspace::Create personal;
};

constexpr std::size_t personal_slug_length = 8;   // random characters

template <class A, class C>
Result<void> append(log::Settling& settling, StreamId stream, std::optional<WorkspaceId> workspace, const C& command,
                    const domain::CommandContext& context) {
  auto decided = decide(settling.load<A>(stream), command, context, settling);
  if (!decided) return std::move(decided.error());
  return settling.append<A>(stream, workspace, *decided);
}

Result<log::Accepted> carry_out(log::Settling& settling, const Registration& r) {
  const auto context = self_context(settling, r.user, r.drawn);
  const auto stream = events::stream_of(r.user);
  const auto home = r.command.home_workspace_id;
  if (auto done = append<User>(settling, stream, std::nullopt, r.command, context); !done) return std::move(done.error());
  if (auto done = append<Workspace>(settling, events::stream_of(home), home, r.personal, context); !done) return std::move(done.error());
  auto last = r.verification ? append<User>(settling, stream, std::nullopt, *r.verification, context)
                             : append<User>(settling, stream, std::nullopt, r.session, context);
  if (!last) return std::move(last.error());
  return log::Accepted{201, events::StreamType::user, stream, r.user.value, settling.load<User>(stream).version, nullptr};
}

void carry_registration(const CommandTools& tools, api::CallPtr call, domain::user::Register command, api::Respond respond) {
  on_hashing(tools, call, respond, [&tools, call, respond, command = std::move(command)]() mutable {
    Registration r{};
    r.user = command.id.value_or(UserId{tools.ids->next()});
    command.id = r.user;
    command.password_hash = tools.hash_password(command.password.text);
    command.password.text.clear();
    command.home_workspace_id = WorkspaceId{tools.ids->next()};
    const auto token = make_refresh_token(r.user, SessionId{tools.ids->next()});
    r.session = session_start(tools, *call, token, std::nullopt);
    if (tools.require_verified_email) {
      command.pending = true;
      r.verification = asking<domain::user::RequestVerification>(tools, r.user, verification_lifetime);
    }
    r.drawn = {{}, tools.ids->next(), crypto::random_lower_alnum(spare_length)};
    r.personal.name = domain::Name("Personal");
    r.personal.slug = domain::Slug("p-" + crypto::random_lower_alnum(personal_slug_length));
    r.personal.is_personal = true;
    r.command = std::move(command);

    auto request = as_user(tools, *call, r.user);
    request.fresh = {events::stream_of(r.command.home_workspace_id)};
    request.items.push_back({[r = std::move(r)](log::Settling& settling) { return carry_out(settling, r); }, std::nullopt});
    send_request(tools, call, respond, std::move(request), [&tools, call, token](const log::Outcome& outcome) {
      const auto& item = outcome.items.front();
      return item ? signed_in_reply(tools, item->status, *item, token) : problem_reply(*call, item.error());
    });
  });
}

}  // namespace

std::vector<api::Route> register_routes(const CommandTools& tools) {
  auto route = auth_route(tools, "register", "POST", "/api/v1/auth/register", "A new user, signed in.", 201, carry_registration);
  route.signed_in = false;
  route.reply = &events::type_info<SignedIn>();
  route.reply_fields = signing_in;
  return {std::move(route)};
}

}  // namespace daybook::routes
