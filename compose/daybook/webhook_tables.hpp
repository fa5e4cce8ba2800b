#pragma once
// What deliveries of webhooks ask, from the read tables that are served.
#include <memory>
#include <string>

#include "command-service/delivering/read_models.hpp"

namespace daybook::app {

// Reconnects with the next question after an outage. One thread at a time.
std::unique_ptr<delivering::ReadModels> open_webhook_tables(std::string database_url);

}  // namespace daybook::app
