#pragma once
// Every route that changes something. The tools must outlive the routes.
#include "command-service/routes/context.hpp"
#include "platform/runtime/movable_clock.hpp"

namespace daybook::routes {

std::vector<api::Route> command_routes(const CommandTools& tools);   // one command each, on a workspace's things
std::vector<api::Route> bulk_routes(const CommandTools& tools);      // many commands at once
std::vector<api::Route> auth_routes(const CommandTools& tools);      // registration, sessions, oneself, new workspaces
std::vector<api::Route> delivery_routes(const CommandTools& tools);  // what webhooks were told is told again
// The clock of an installation that is there for tests; null where it is not.
std::vector<api::Route> test_clock_routes(const CommandTools& tools, std::shared_ptr<runtime::MovableClock> clock);

}  // namespace daybook::routes
