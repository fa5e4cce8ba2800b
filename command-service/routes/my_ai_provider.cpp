// Commands about the config of an AI provider of one's own.
#include "command-service/domain/user/ai_providers.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

// What is shown of it, less what is sealed.
const events::ai_provider::Fields* own_ai_provider(const events::user::State& state, text::Uuid id) { return find_part(state, events::AiProviderId{id}); }

}  // namespace

std::vector<Command> my_ai_provider_commands() {
  using namespace domain::user;
  using domain::User;
  const auto oneself = of_oneself(), one = of_oneself("my_ai_provider", "AI provider");
  const auto view = part_of<State, own_ai_provider>();
  return {
      adds<User, AddAiProvider>(oneself, {"POST /me/ai-providers"}, view),
      changes<User, ReconfigureAiProvider>(one, {"PATCH /me/ai-providers/{my_ai_provider}"}, view),
      removes<User, RemoveAiProvider>(one, {"DELETE /me/ai-providers/{my_ai_provider}"}, view),
      changes<User, RestoreAiProvider>(one, {"POST /me/ai-providers/{my_ai_provider}/restore"}, view),
      changes<User, ReplaceAiProviderCredentials>(one, {"POST /me/ai-providers/{my_ai_provider}/replace-credentials"}, view),
      changes<User, SetAiProviderPrices>(one, {"POST /me/ai-providers/{my_ai_provider}/set-prices"}, view),
      changes<User, NoteAiProviderTest>(one, {"POST /me/ai-providers/{my_ai_provider}/note-test"}, view),
      changes<User, EnableAiProvider>(one, {"POST /me/ai-providers/{my_ai_provider}/enable"}, view),
      changes<User, DisableAiProvider>(one, {"POST /me/ai-providers/{my_ai_provider}/disable"}, view),
  };
}

}  // namespace daybook::routes
