#pragma once
// A settled batch as SQL.
#include <vector>

#include "command-service/log/store.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

// Idempotency records are kept at least this long, by the log's own clock; each batch that adds some takes
// away as many old ones as it may.
inline constexpr int requests_kept_hours = 24;
inline constexpr int requests_dropped_max = 1000;  // records a batch

// Everything but the COMMIT, in an order that has no meaning: they are one transaction. Views into `batch`
// are not kept.
std::vector<pg::Statement> statements_of(const BatchWrite& batch);

}  // namespace daybook::log
