// Commands about the config of an AI provider.
#include "command-service/domain/ai_provider/ai_provider.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> ai_provider_commands() {
  using namespace domain::ai_provider;
  using domain::AiProvider;
  auto one = by_id<events::AiProviderId>("ai_provider");
  one.what = "AI provider";
  const auto view = fields_of<State, events::ai_provider::Fields>();
  return {
      creates<AiProvider, Add>({"POST /ai-providers"}, view),
      changes<AiProvider, Reconfigure>(one, {"PATCH /ai-providers/{ai_provider}"}, view),
      removes<AiProvider, Remove>(one, {"DELETE /ai-providers/{ai_provider}"}, view),
      changes<AiProvider, Restore>(one, {"POST /ai-providers/{ai_provider}/restore"}, view),
      changes<AiProvider, ReplaceCredentials>(one, {"POST /ai-providers/{ai_provider}/replace-credentials"}, view),
      changes<AiProvider, SetPrices>(one, {"POST /ai-providers/{ai_provider}/set-prices"}, view),
      changes<AiProvider, NoteTest>(one, {"POST /ai-providers/{ai_provider}/note-test"}, view),
      changes<AiProvider, Enable>(one, {"POST /ai-providers/{ai_provider}/enable"}, view),
      changes<AiProvider, Disable>(one, {"POST /ai-providers/{ai_provider}/disable"}, view),
  };
}

}  // namespace daybook::routes
