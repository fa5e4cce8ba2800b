// Commands about an automation.
#include "command-service/domain/automation/automation.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> automation_commands() {
  using namespace domain::automation;
  using domain::Automation;
  const auto the_automation = by_id<events::AutomationId>("automation");
  const auto view = fields_of<State>();
  return {
      creates<Automation, Define>({"POST /automations"}, view),
      changes<Automation, Change>(the_automation, {"PATCH /automations/{automation}"}, view),
      removes<Automation, Delete>(the_automation, {"DELETE /automations/{automation}"}, view),
      changes<Automation, Restore>(the_automation, {"POST /automations/{automation}/restore"}, view),
      changes<Automation, Enable>(the_automation, {"POST /automations/{automation}/enable"}, view),
      changes<Automation, Disable>(the_automation, {"POST /automations/{automation}/disable"}, view),
  };
}

}  // namespace daybook::routes
