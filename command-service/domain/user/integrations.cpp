#include "command-service/domain/user/integrations.hpp"

#include "command-service/domain/user/own.hpp"

namespace daybook::domain {
namespace user {
namespace {

constexpr std::string_view own_integration = "integration";

std::optional<Rejection> refuse_large(const std::optional<events::Json>& value, std::string pointer) {
  if (!value || value->text.size() <= integration_bytes_max) return std::nullopt;
  return invalid(std::move(pointer), "too-long", "Expected at most 16 KiB in an integration of your own.");
}

}  // namespace

Decision<Event> decide(const State& state, const ConnectIntegration& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value == 0 || state.deleted_at) return not_found("user");
  const auto id = command.id.value_or(events::IntegrationId{context.fresh_id});
  if (!is_free(state, id, scope::own_integration, facts)) return id_taken();
  if (auto refused = refuse_large(command.credentials, "/credentials")) return *refused;
  if (auto refused = refuse_large(command.settings, "/settings")) return *refused;
  if (state.integrations.size() >= integrations_max)
    return invalid("", "too-many", "A person can have at most 20 integrations, removed ones included.");
  return as_own(id, integration::connected(command));
}

bool repeats(const events::user::IntegrationConnected& first, const ConnectIntegration& again, const CommandContext&, const Facts&) {
  return integration::says_the_same(events::fields_as<events::integration::Connected>(first), again);
}

Decision<Event> decide(const State& state, const ReconfigureIntegration& command, const CommandContext&, const Facts&) {
  if (auto refused = refuse_large(command.settings.value, "/settings")) return *refused;
  return about_own(state, command.integration_id, own_integration, [&](const auto& own) { return integration::reconfigured(own, command); });
}

Decision<Event> decide(const State& state, const ReplaceIntegrationCredentials& command, const CommandContext&, const Facts&) {
  if (auto refused = refuse_large(command.credentials, "/credentials")) return *refused;
  return about_own(state, command.integration_id, own_integration, [&](const auto& own) { return integration::credentials_replaced(own, command); });
}

Decision<Event> decide(const State& state, const EnableIntegration& command, const CommandContext&, const Facts&) {
  return about_own(state, command.integration_id, own_integration, [](const auto& own) { return integration::switched(own, true); });
}

Decision<Event> decide(const State& state, const DisableIntegration& command, const CommandContext&, const Facts&) {
  return about_own(state, command.integration_id, own_integration, [](const auto& own) { return integration::switched(own, false); });
}

Decision<Event> decide(const State& state, const NoteIntegrationSync& command, const CommandContext& context, const Facts&) {
  return about_own(state, command.integration_id, own_integration, [&](const auto& own) { return integration::synced(own, command, context); });
}

Decision<Event> decide(const State& state, const RemoveIntegration& command, const CommandContext&, const Facts&) {
  return about_own(state, command.integration_id, own_integration, integration::removed);
}

Decision<Event> decide(const State& state, const RestoreIntegration& command, const CommandContext&, const Facts&) {
  return restoring_own(state, command.integration_id, own_integration, integration::restored);
}

}  // namespace user

void effects(const user::State&, const events::user::IntegrationConnected& e, const events::Envelope&, Effects& effects) {
  effects.claim(scope::own_integration, e.integration_id.text(), "/id");
}

}  // namespace daybook::domain
