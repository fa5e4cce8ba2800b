#pragma once
// The line that every answered request leaves in the process's log. It names the route's template and ids, never the path as it
// was sent, a query, a header field or a body: those may hold what is personal or secret.
#include "schemas/api/api.hpp"

namespace daybook::app {

void log_request(const api::Answered& answered);

}  // namespace daybook::app
