#pragma once
// Every command that is sent over HTTP; paths, bulk and OpenAPI all come from here.
#include <map>

#include "command-service/routes/command.hpp"

namespace daybook::routes {

// One list an aggregate, each in the file of that name.
std::vector<Command> user_commands();
std::vector<Command> workspace_commands();
std::vector<Command> project_commands();
std::vector<Command> issue_commands();
std::vector<Command> comment_commands();
std::vector<Command> agent_commands();
std::vector<Command> plan_commands();
std::vector<Command> standing_commands();
std::vector<Command> subscription_commands();
std::vector<Command> usage_record_commands();
std::vector<Command> invitation_commands();
std::vector<Command> document_commands();
std::vector<Command> automation_commands();
std::vector<Command> webhook_commands();
std::vector<Command> api_key_commands();
std::vector<Command> integration_commands();
std::vector<Command> my_integration_commands();
std::vector<Command> execution_commands();
std::vector<Command> ai_provider_commands();
std::vector<Command> my_ai_provider_commands();
std::vector<Command> skill_commands();
std::vector<Command> template_commands();
std::vector<Command> workflow_commands();
std::vector<Command> blueprint_commands();
std::vector<Command> time_entry_commands();
std::vector<Command> sprint_commands();

// By type. Lives as long as the program.
const std::map<std::string_view, Command>& commands();

}  // namespace daybook::routes
