// Accepting an invitation: whoever is signed in joins the workspace, in one append over the streams of both and their own. No
// Idempotency-Key is heeded: the path holds a secret, which would be kept with it.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/routes/auth/session.hpp"
#include "platform/crypto/opaque_token.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::routes {
namespace {

using domain::Invitation;
using domain::User;
using domain::Workspace;
using events::StreamType;
using Member = events::workspace::Member;

// What was presented, read before anything is asked.
struct Presented {
  api::Principal principal;
  std::optional<crypto::OpaqueToken> token;
  Drawn drawn;
};

Result<log::Accepted> carry_out(log::Settling& settling, const Presented& presented) {
  if (auto refusal = check_signed_in(settling, presented.principal)) return std::move(*refusal);
  if (!presented.token) return domain::user::invalid_mailed_token();
  const StreamId stream{presented.token->owner};
  const auto own = events::stream_of(presented.principal.user);
  const auto id = settling.load<Invitation>(stream).workspace_id;
  const auto joined = events::stream_of(id);
  const domain::invitation::Accept command{events::MailedTokenId{presented.token->id}, presented.token->hash()};
  auto acceptance = domain::invitation::accept(settling.load<Invitation>(stream), settling.load<Workspace>(joined), settling.load<User>(own), command,
                                               context_of(settling, presented.principal, presented.drawn));
  if (!acceptance) return std::move(acceptance.error());
  if (auto done = settling.append<User>(own, std::nullopt, acceptance->proven); !done) return std::move(done.error());
  if (auto done = settling.append<Workspace>(joined, id, {acceptance->joined}); !done) return std::move(done.error());
  if (auto done = settling.append<Invitation>(stream, id, {acceptance->accepted}); !done) return std::move(done.error());
  const auto version = settling.load<Workspace>(joined).version;
  return log::Accepted{200, StreamType::workspace, joined, acceptance->joined.member_id.value, version, nullptr};
}

// Writes down, behind the answer, that the time of an invitation is over, where that is why it was refused.
void note_expiry(const CommandTools& tools, const api::Call& call, StreamId stream) {
  log::Request request{};
  request.caller = caller_of(tools, call);
  request.caller.actor_type = events::ActorType::system;
  request.caller.actor_id.reset();
  request.items.push_back({[stream](log::Settling& settling) -> Result<log::Accepted> {
                             const auto& state = settling.load<Invitation>(stream);
                             const auto workspace = state.workspace_id;
                             domain::CommandContext context{};
                             context.now = settling.now();
                             auto decided = decide(state, domain::invitation::Expire{}, context, settling);
                             if (!decided) return std::move(decided.error());
                             if (auto done = settling.append<Invitation>(stream, workspace, *decided); !done) return std::move(done.error());
                             return log::Accepted{};
                           },
                           std::nullopt});
  (void)tools.appender->submit(std::move(request), [](const log::Reply&) {});
}

http::Response reply_of(const log::Accepted& accepted) {
  const auto& workspace = *static_cast<const events::workspace::State*>(accepted.state.get());
  const auto* member = events::workspace::find_part(workspace, events::MemberId{accepted.entity});
  http::Response response;
  response.status = accepted.status;
  response.headers.push_back({"ETag", etag_of(member->version)});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.body = events::to_json_with_nulls(*member);
  return response;
}

void carry_acceptance(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond) {
  const Presented presented{*call->principal, crypto::OpaqueToken::read(call->path_parameter("token")),
                            {{}, tools.ids->next(), crypto::random_lower_alnum(spare_length)}};
  auto request = as_user(tools, *call, presented.principal.user);
  request.items.push_back({[presented](log::Settling& settling) { return carry_out(settling, presented); }, std::nullopt});
  send_request(tools, call, respond, std::move(request), [&tools, call, token = presented.token](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (item) return reply_of(*item);
    if (token && item.error() == domain::user::invalid_mailed_token()) note_expiry(tools, *call, StreamId{token->owner});
    return problem_reply(*call, item.error());
  });
}

}  // namespace

std::vector<api::Route> accept_routes(const CommandTools& tools) {
  api::Route route{};
  route.id = "acceptInvitation";
  route.method = "POST";
  route.path = "/api/v1/invitations/{token}/accept";
  route.summary = "Joins the workspace into which the mail with the token invites one's address.";
  route.tag = "invitation";
  route.reply = &events::type_info<Member>();
  route.reply_fields = {"ETag", "Daybook-Position", "Daybook-Log", "Cache-Control"};
  route.handler = [&tools](api::CallPtr call, api::Respond respond) { carry_acceptance(tools, call, respond); };
  return {std::move(route)};
}

}  // namespace daybook::routes
