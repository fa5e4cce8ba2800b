#pragma once
// What rules and timers send about billing.
#include "command-service/domain/usage_record/usage_record.hpp"
#include "command-service/reactors/rule.hpp"

namespace daybook::reactors {

// Closes every period of the subscription that is over by the log's clock: it is renewed, or it ends. Nothing before that.
log::Item close_periods(events::WorkspaceId workspace, events::SubscriptionId subscription);

// Records what was used, unless it is recorded; then what is recorded becomes this. A new record gets the id given.
log::Item record_usage(events::WorkspaceId workspace, events::UsageRecordId id, domain::usage_record::Record command);

}  // namespace daybook::reactors
