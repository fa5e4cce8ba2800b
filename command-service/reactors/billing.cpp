#include "command-service/reactors/billing.hpp"

#include "command-service/billing/billing.hpp"

namespace daybook::reactors {
namespace {

using domain::Subscription;
using domain::UsageRecord;
using domain::usage_record::Adjust;
using domain::usage_record::Record;

domain::CommandContext context_in(log::Settling& settling, events::WorkspaceId workspace) {
  auto context = system_context(settling);
  context.workspace = &settling.load<domain::Workspace>(events::stream_of(workspace));
  return context;
}

log::Accepted accepted(log::Settling& settling, events::StreamId record) {
  return {200, events::StreamType::usage_record, record, record.value, settling.load<UsageRecord>(record).version, nullptr};
}

Adjust to_the_same(const Record& command) {
  Adjust adjust{};
  adjust.quantity = command.quantity;
  if (command.unit_price) adjust.unit_price = *command.unit_price;
  return adjust;
}

}  // namespace

log::Item close_periods(events::WorkspaceId workspace, events::SubscriptionId subscription) {
  return {[=](log::Settling& settling) -> domain::Result<log::Accepted> {
            const auto context = context_in(settling, workspace);
            const auto stream = events::stream_of(subscription);
            auto closed = decide(settling.load<Subscription>(stream), domain::subscription::Renew{}, context, settling);
            if (!closed) return std::move(closed.error());
            if (auto appended = billing::append(settling, stream, workspace, *closed); !appended) return std::move(appended.error());
            return log::Accepted{200, Subscription::stream_type, stream, stream.value, settling.load<Subscription>(stream).version, nullptr};
          },
          std::nullopt};
}

log::Item record_usage(events::WorkspaceId workspace, events::UsageRecordId id, Record command) {
  return {[=](log::Settling& settling) -> domain::Result<log::Accepted> {
            const auto context = context_in(settling, workspace);
            const auto known = domain::usage_record::recorded_as(workspace, command.source.text, command.source_id.text, settling);
            const auto record = known.value_or(events::stream_of(id));
            const auto appended = known ? billing::adjust(settling, record, workspace, to_the_same(command), context, settling)
                                        : billing::record(settling, record, workspace, command, context, settling);
            if (!appended) return appended.error();
            return accepted(settling, record);
          },
          std::nullopt};
}

}  // namespace daybook::reactors
