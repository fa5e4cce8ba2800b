#pragma once
// `daybook serve`: command service, projector and query service in one process on one port.
#include "compose/daybook/deployment.hpp"

namespace daybook::app {

// Serves until SIGINT or SIGTERM, drains, and returns the exit code.
int serve(const Config& config);

}  // namespace daybook::app
