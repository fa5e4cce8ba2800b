#include "command-service/routes/registry.hpp"

#include <stdexcept>

namespace daybook::routes {
namespace {

constexpr std::vector<Command> (*every_list[])(){
    user_commands,
    workspace_commands,
    project_commands,
    issue_commands,
    comment_commands,
    agent_commands,
    plan_commands,
    standing_commands,
    subscription_commands,
    usage_record_commands,
    invitation_commands,
    document_commands,
    automation_commands,
    webhook_commands,
    api_key_commands,
    integration_commands,
    my_integration_commands,
    execution_commands,
    ai_provider_commands,
    my_ai_provider_commands,
    template_commands,
    workflow_commands,
    blueprint_commands,
    time_entry_commands,
    sprint_commands,
    skill_commands,
};

std::map<std::string_view, Command> gather() {
  std::map<std::string_view, Command> all;
  for (auto* list : every_list) {
    for (auto& command : list()) {
      const auto type = command.type();
      if (!all.emplace(type, std::move(command)).second) throw std::logic_error("declared twice: " + std::string(type));
    }
  }
  return all;
}

}  // namespace

const std::map<std::string_view, Command>& commands() {
  static const auto all = gather();
  return all;
}

}  // namespace daybook::routes
