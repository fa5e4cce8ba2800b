// Commands about an integration.
#include "command-service/domain/integration/integration.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> integration_commands() {
  using namespace domain::integration;
  using domain::Integration;
  const auto the_integration = by_id<events::IntegrationId>("integration");
  const auto view = fields_of<State, events::integration::Fields>();
  return {
      creates<Integration, Connect>({"POST /integrations"}, view),
      changes<Integration, Reconfigure>(the_integration, {"PATCH /integrations/{integration}"}, view),
      removes<Integration, Remove>(the_integration, {"DELETE /integrations/{integration}"}, view),
      changes<Integration, Restore>(the_integration, {"POST /integrations/{integration}/restore"}, view),
      changes<Integration, ReplaceCredentials>(the_integration, {"POST /integrations/{integration}/replace-credentials"}, view),
      changes<Integration, Enable>(the_integration, {"POST /integrations/{integration}/enable"}, view),
      changes<Integration, Disable>(the_integration, {"POST /integrations/{integration}/disable"}, view),
      changes<Integration, NoteSync>(the_integration, {"POST /integrations/{integration}/note-sync"}, view),
  };
}

}  // namespace daybook::routes
