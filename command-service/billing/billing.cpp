#include "command-service/billing/billing.hpp"

#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::billing {
namespace {

using domain::Subscription;
using domain::UsageRecord;
using domain::Workspace;

Result<void> append_counted(log::Settling& settling, StreamId record, WorkspaceId workspace, const Result<domain::usage_record::Counted>& counted) {
  if (!counted) return counted.error();
  if (counted->subscription)
    if (auto appended = append(settling, *counted->subscription, workspace, counted->periods); !appended) return appended;
  return settling.append<UsageRecord>(record, workspace, counted->record);
}

}  // namespace

Result<void> append(log::Settling& settling, StreamId subscription, WorkspaceId workspace,
                    const std::vector<events::subscription::Event>& happened) {
  if (auto appended = settling.append<Subscription>(subscription, workspace, happened); !appended) return appended;
  const auto own = events::stream_of(workspace);
  const auto follows = domain::subscription::plan_that_follows(settling.load<Subscription>(subscription), settling.load<Workspace>(own));
  if (!follows) return {};
  return settling.append<Workspace>(own, workspace, {*follows});
}

Result<void> record(log::Settling& settling, StreamId record, WorkspaceId workspace, const domain::usage_record::Record& command,
                    const domain::CommandContext& context, const domain::Facts& facts) {
  return append_counted(settling, record, workspace, domain::usage_record::record(settling.load<UsageRecord>(record), command, context, facts));
}

Result<void> adjust(log::Settling& settling, StreamId record, WorkspaceId workspace, const domain::usage_record::Adjust& command,
                    const domain::CommandContext& context, const domain::Facts& facts) {
  return append_counted(settling, record, workspace, domain::usage_record::adjust(settling.load<UsageRecord>(record), command, context, facts));
}

}  // namespace daybook::billing
