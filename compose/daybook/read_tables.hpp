#pragma once
// What rules and timers ask, from the read tables that are served.
#include <memory>
#include <string>

#include "command-service/reactors/rule.hpp"

namespace daybook::app {

// Reconnects with the next question after an outage. `position` says which tables are asked, so it comes first. One thread at a time.
std::unique_ptr<reactors::ReadModels> open_read_tables(std::string database_url);

// The question for rows whose time comes: $1 and $2 the time and id to begin after, $3 the last time, $4 how many.
std::string upcoming_sql(const std::string& schema, const reactors::Upcoming& what);

}  // namespace daybook::app
