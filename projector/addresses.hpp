#pragma once
// From where people came, opened for the audit: a table of its own beside the read tables, `audit_addresses`, for what is personal
// stands in no row. An address is gone with the key that seals it: that of the person whose session began, or of the day.
#include <vector>

#include "events/core/event_type.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::projector {

bool shows_address(const events::Envelope& event);

// Within the caller's transaction. What cannot be opened any more has no row.
void open_addresses(pg::Connection& connection, int generation, const std::vector<events::Envelope>& batch, const events::PersonalOpener& opener);

// From where somebody came who is erased, and what they did came: also where the key of a day seals it.
void forget_addresses(pg::Connection& connection, int generation, events::StreamId subject);

}  // namespace daybook::projector
