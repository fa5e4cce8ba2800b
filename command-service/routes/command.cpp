#include "command-service/routes/command.hpp"

namespace daybook::routes {

Rejection rejection_of(const events::ReadResult& read) {
  const bool malformed = read.kind == events::ReadResult::Kind::malformed;
  Rejection rejection{};
  rejection.kind = malformed ? Rejection::Kind::malformed : Rejection::Kind::invalid;
  rejection.code = malformed ? read.errors.front().code : "invalid";
  rejection.detail = malformed ? read.errors.front().detail : "The body holds what cannot be accepted; each place is named.";
  rejection.errors = read.errors;
  return rejection;
}

Rejection signed_out() {
  return {Rejection::Kind::unauthenticated, "session-ended", "This session has ended; sign in again.", {}, std::nullopt};
}

std::optional<Rejection> check_signed_in(log::Settling& settling, const api::Principal& principal) {
  const auto& user = settling.load<domain::User>(events::stream_of(principal.user));
  if (user.version.value == 0 || user.deleted_at) return signed_out();
  const auto* session = events::user::find_session(user, principal.session);
  if (session == nullptr || session->revoked) return signed_out();
  return std::nullopt;
}

std::optional<Rejection> check_member(log::Settling& settling, const api::Principal& principal, std::string_view workspace) {
  if (auto refusal = check_signed_in(settling, principal)) return refusal;
  const auto id = domain::find_workspace(workspace, settling);
  if (!id) return domain::not_found("workspace");
  const auto role = domain::authorize(settling.load<domain::Workspace>(events::stream_of(*id)), principal.user, domain::Permission::workspace_read);
  if (!role) return role.error();
  return std::nullopt;
}

domain::CommandContext context_of(const log::Settling& settling, const api::Principal& principal, const text::Uuid& fresh_id,
                                  const std::string& spare) {
  domain::CommandContext context{};
  context.actor_type = events::ActorType::user;
  context.actor_id = events::PrincipalId{principal.user.value};
  context.user = principal.user;
  context.session = principal.session;
  context.now = settling.now();
  if (settling.occurred_at() != settling.now()) context.occurred_at = settling.occurred_at();
  context.origin = settling.caller().origin;
  context.fresh_id = fresh_id;
  context.spare = spare;
  return context;
}

std::optional<Rejection> check_version(const std::optional<std::int64_t>& wanted, events::StreamVersion current) {
  if (!wanted || *wanted == current.value) return std::nullopt;
  return Rejection{Rejection::Kind::version_conflict, "version-conflict",
                   "It has changed: it is at version " + std::to_string(current.value) + ".", {}, current.value};
}

}  // namespace daybook::routes
