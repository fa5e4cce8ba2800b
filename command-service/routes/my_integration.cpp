// Commands about an integration of one's own.
#include "command-service/domain/user/integrations.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

// What is shown of it, less what is sealed.
const events::integration::Fields* own_integration(const events::user::State& state, text::Uuid id) { return find_part(state, events::IntegrationId{id}); }

}  // namespace

std::vector<Command> my_integration_commands() {
  using namespace domain::user;
  using domain::User;
  const auto oneself = of_oneself(), one = of_oneself("my_integration", "integration");
  const auto view = part_of<State, own_integration>();
  return {
      adds<User, ConnectIntegration>(oneself, {"POST /me/integrations"}, view),
      changes<User, ReconfigureIntegration>(one, {"PATCH /me/integrations/{my_integration}"}, view),
      removes<User, RemoveIntegration>(one, {"DELETE /me/integrations/{my_integration}"}, view),
      changes<User, RestoreIntegration>(one, {"POST /me/integrations/{my_integration}/restore"}, view),
      changes<User, ReplaceIntegrationCredentials>(one, {"POST /me/integrations/{my_integration}/replace-credentials"}, view),
      changes<User, EnableIntegration>(one, {"POST /me/integrations/{my_integration}/enable"}, view),
      changes<User, DisableIntegration>(one, {"POST /me/integrations/{my_integration}/disable"}, view),
      changes<User, NoteIntegrationSync>(one, {"POST /me/integrations/{my_integration}/note-sync"}, view),
  };
}

}  // namespace daybook::routes
