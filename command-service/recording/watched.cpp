#include "command-service/recording/watched.hpp"

namespace daybook::recording {
namespace {

constexpr int unauthenticated = 401, forbidden = 403;
constexpr std::string_view mailed_token_refused = "invalid-mailed-token";

// What the answer of a route says of whoever asked; nothing where it refused them nothing.
std::optional<What> refused(const api::Route& route, int status, std::string_view code) {
  if ((status == unauthenticated && !route.signed_in) || code == mailed_token_refused) return What::sign_in_refused;
  if (status == unauthenticated || status == forbidden) return What::command_denied;
  return std::nullopt;
}

Refusal refusal_of(What what, const api::Call& call, std::string_view operation, std::string_view code) {
  Refusal refusal{};
  refusal.what = what;
  refusal.workspace = std::string(call.path_parameter("workspace"));
  refusal.operation = std::string(operation);
  refusal.code = std::string(code);
  refusal.address = call.request.remote_address;
  if (!call.principal) return refusal;
  const auto& who = *call.principal;
  refusal.actor_type = who.agent ? events::ActorType::agent : events::ActorType::user;
  refusal.actor_id = events::PrincipalId{who.agent ? who.agent->value : who.user.value};
  if (who.api_key) {
    refusal.via_type = events::ViaType::api_key;
    refusal.via_id = who.api_key->value;
  } else if (!who.session.is_nil()) {
    refusal.via_type = events::ViaType::session;
    refusal.via_id = who.session.value;
  }
  return refusal;
}

api::Handler watching(api::Handler inner, std::shared_ptr<Recorder> recorder) {
  return [inner = std::move(inner), recorder = std::move(recorder)](api::CallPtr call, api::Respond respond) {
    inner(call, [recorder, call, respond = std::move(respond)](http::Response response) {
      const auto code = response.refusal;
      const auto what = refused(*call->route, response.status, code);
      respond(std::move(response));
      if (what) recorder->note(refusal_of(*what, *call, call->route->id, code));
    });
  };
}

}  // namespace

std::vector<api::Route> watched(std::vector<api::Route> routes, std::shared_ptr<Recorder> recorder) {
  for (auto& route : routes) route.handler = watching(std::move(route.handler), recorder);
  return routes;
}

void note_denied(Recorder& recorder, const api::Call& call, std::string_view command, std::string_view code) {
  recorder.note(refusal_of(What::command_denied, call, command, code));
}

}  // namespace daybook::recording
