#pragma once
// Every route that changes something. The tools must outlive the routes.
#include "command-service/routes/context.hpp"

namespace daybook::routes {

std::vector<api::Route> command_routes(const CommandTools& tools);   // one command each, on a workspace's things
std::vector<api::Route> bulk_routes(const CommandTools& tools);      // many commands at once
std::vector<api::Route> auth_routes(const CommandTools& tools);      // registration, sessions, oneself, new workspaces

}  // namespace daybook::routes
