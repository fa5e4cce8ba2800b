#pragma once
// Commands of billing that are about several streams at once, as they are carried out in settle. Pure, as settling is.
#include "command-service/domain/usage_record/usage_record.hpp"
#include "command-service/log/settling.hpp"

namespace daybook::billing {

using domain::Result;
using events::StreamId;
using events::WorkspaceId;

// What happens to a subscription, and by which plan the workspace is from then on.
Result<void> append(log::Settling& settling, StreamId subscription, WorkspaceId workspace,
                    const std::vector<events::subscription::Event>& happened);

// A usage record made or changed, and what that means for the subscription in whose period it counts. `settling` answers what
// domain::usage_record asks; `facts` is how the caller may see it.
Result<void> record(log::Settling& settling, StreamId record, WorkspaceId workspace, const domain::usage_record::Record& command,
                    const domain::CommandContext& context, const domain::Facts& facts);
Result<void> adjust(log::Settling& settling, StreamId record, WorkspaceId workspace, const domain::usage_record::Adjust& command,
                    const domain::CommandContext& context, const domain::Facts& facts);

}  // namespace daybook::billing
