#include "command-service/domain/user/ai_providers.hpp"

#include <algorithm>

#include "command-service/domain/user/own.hpp"

namespace daybook::domain {
namespace user {
namespace {

constexpr std::string_view own_ai_provider = "AI provider";
const std::string usual_currency = "USD";  // a person has none of their own

std::optional<Rejection> refuse_large(const std::optional<events::Json>& settings) {
  if (!settings || settings->text.size() <= provider_settings_bytes_max) return std::nullopt;
  return invalid("/settings", "too-long", "Expected at most 16 KiB in a config of your own.");
}

// One of a provider at a time, as in a workspace.
bool is_taken(const State& state, std::string_view provider) {
  return std::any_of(state.ai_providers.begin(), state.ai_providers.end(),
                     [&](const auto& own) { return own.provider == provider && !own.deleted_at; });
}

}  // namespace

Decision<Event> decide(const State& state, const AddAiProvider& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value == 0 || state.deleted_at) return not_found("user");
  const auto id = command.id.value_or(events::AiProviderId{context.fresh_id});
  if (!is_free(state, id, scope::own_ai_provider, facts)) return id_taken();
  if (is_taken(state, command.provider.text)) return ai_provider::provider_taken("/provider");
  if (auto refused = refuse_large(command.settings)) return *refused;
  if (state.ai_providers.size() >= ai_providers_max)
    return invalid("", "too-many", "A person can have at most 10 configs of AI providers, removed ones included.");
  return as_own(id, ai_provider::added(command, usual_currency));
}

bool repeats(const events::user::AiProviderAdded& first, const AddAiProvider& again, const CommandContext&, const Facts&) {
  return ai_provider::says_the_same(events::fields_as<events::ai_provider::Added>(first), again);
}

Decision<Event> decide(const State& state, const ReconfigureAiProvider& command, const CommandContext&, const Facts&) {
  if (auto refused = refuse_large(command.settings.value)) return *refused;
  return about_own(state, command.ai_provider_id, own_ai_provider, [&](const auto& own) { return ai_provider::reconfigured(own, command); });
}

Decision<Event> decide(const State& state, const ReplaceAiProviderCredentials& command, const CommandContext&, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider, [&](const auto& own) { return ai_provider::credentials_replaced(own, command); });
}

Decision<Event> decide(const State& state, const SetAiProviderPrices& command, const CommandContext& context, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider,
                   [&](const auto& own) { return ai_provider::prices_set(own, command, context, own_prices_max); });
}

Decision<Event> decide(const State& state, const NoteAiProviderTest& command, const CommandContext&, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider, [&](const auto& own) { return ai_provider::tested(own, command); });
}

Decision<Event> decide(const State& state, const EnableAiProvider& command, const CommandContext&, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider, [](const auto& own) { return ai_provider::switched(own, true); });
}

Decision<Event> decide(const State& state, const DisableAiProvider& command, const CommandContext&, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider, [](const auto& own) { return ai_provider::switched(own, false); });
}

Decision<Event> decide(const State& state, const RemoveAiProvider& command, const CommandContext&, const Facts&) {
  return about_own(state, command.ai_provider_id, own_ai_provider, ai_provider::removed);
}

Decision<Event> decide(const State& state, const RestoreAiProvider& command, const CommandContext&, const Facts&) {
  const auto* own = find_own(state, command.ai_provider_id);
  if (own != nullptr && own->deleted_at && is_taken(state, own->provider)) return ai_provider::provider_taken("");
  return restoring_own(state, command.ai_provider_id, own_ai_provider, ai_provider::restored);
}

}  // namespace user

void effects(const user::State&, const events::user::AiProviderAdded& e, const events::Envelope&, Effects& effects) {
  effects.claim(scope::own_ai_provider, e.ai_provider_id.text(), "/id");
}

}  // namespace daybook::domain
