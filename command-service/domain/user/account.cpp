#include "command-service/domain/user/account.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain::user {
namespace {

using events::Personal;
using events::user::ExternalProvider;
using events::user::RevokedBecause;
using events::user::Status;

std::optional<Rejection> refuse_unless_superuser(const State& state, const CommandContext& context) {
  if (!context.is_superuser) return forbidden("Only a superuser decides this about somebody.");
  if (state.erased_at) return was_erased();
  if (state.version.value == 0 || state.deleted_at) return not_found("user");
  return std::nullopt;
}

}  // namespace

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  FieldRefusals refusals;
  std::vector<Event> events;
  auto role = state.role;
  put(command.role, role, "/role", refusals);
  if (role != state.role) events.push_back(events::user::RoleChanged{role});
  put_home(state, command.home_workspace_id, facts, refusals, events);
  if (refusals.any()) return refusals.rejection();
  return events;
}

Decision<Event> decide(const State& state, const Activate&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (state.status == Status::active) return std::vector<Event>{};
  return std::vector<Event>{events::user::Activated{}};
}

Decision<Event> decide(const State& state, const Deactivate&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (context.user == state.id) return forbidden("Nobody deactivates themselves: another superuser does.");
  if (state.status == Status::inactive) return std::vector<Event>{};
  std::vector<Event> events{events::user::Deactivated{}};
  revoke_sessions(state, std::nullopt, RevokedBecause::account_deactivated, events);
  return events;
}

Decision<Event> decide(const State& state, const LinkGoogleAccount& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (state.google_id && state.google_id->text == command.account.text) return std::vector<Event>{};
  const auto holder = facts.claimed_personal(scope::google_account, command.account.text);
  if (holder && *holder != events::stream_of(state.id)) return taken(scope::google_account, "/account");
  return std::vector<Event>{events::user::ExternalAccountLinked{ExternalProvider::google, Personal(command.account.text)}};
}

Decision<Event> decide(const State& state, const UnlinkGoogleAccount&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(state, context)) return *refused;
  if (!state.google_id) return std::vector<Event>{};
  return std::vector<Event>{events::user::ExternalAccountUnlinked{ExternalProvider::google}};
}

}  // namespace daybook::domain::user
