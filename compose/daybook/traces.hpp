#pragma once
// Where a person is named, from the read tables that are served.
#include "command-service/routes/traces.hpp"

namespace daybook::app {

// Each call has a connection of its own: persons are erased seldom.
routes::FindTraces trace_finder(std::string database_url);

}  // namespace daybook::app
