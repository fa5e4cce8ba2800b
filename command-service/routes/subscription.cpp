// Commands about a workspace's subscription, and about what it used.
#include "command-service/billing/billing.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::Subscription;
using domain::UsageRecord;
using domain::usage_record::Adjust;
using domain::usage_record::Record;

template <class C>
Result<void> with_the_plan(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent, const domain::CommandContext& context) {
  auto happened = declare::decided<Subscription>(settling, stream, *static_cast<const C*>(sent), context);
  if (!happened) return std::move(happened.error());
  return billing::append(settling, stream, workspace, *happened);
}

// With whether it was there before; that is set by the mark of the view.
struct UsageRecordReply : events::usage_record::Fields {
  bool duplicate = false;
};
BOOST_DESCRIBE_STRUCT(UsageRecordReply, (events::usage_record::Fields), (duplicate))

Result<void> record_and_count(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent, const domain::CommandContext& context) {
  return billing::record(settling, stream, workspace, *static_cast<const Record*>(sent), context, domain::SeenFacts(settling, context));
}

Result<void> adjust_and_count(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent, const domain::CommandContext& context) {
  return billing::adjust(settling, stream, workspace, *static_cast<const Adjust*>(sent), context, domain::SeenFacts(settling, context));
}

// The record that was made from the same source under the same id: the answer, whatever this one says.
std::optional<Result<log::Accepted>> known(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                                           const domain::CommandContext& context) {
  const auto& command = *static_cast<const Record*>(sent);
  const auto first = domain::usage_record::recorded_as(workspace, command.source.text, command.source_id.text, settling);
  if (!first) return declare::repeated<UsageRecord, Record>(settling, stream, workspace, sent, context);
  const auto& state = settling.load<UsageRecord>(*first);
  return log::Accepted{200, events::StreamType::usage_record, *first, first->value, state.version, nullptr};
}

}  // namespace

std::vector<Command> subscription_commands() {
  using namespace domain::subscription;
  const auto the_subscription = by_id<events::SubscriptionId>("subscription");
  const auto view = fields_of<State, events::subscription::Fields>();
  return {
      creates<Subscription, Start>({"POST /subscriptions"}, view, with_the_plan<Start>),
      changes<Subscription, ChangePlan>(the_subscription, {"POST /subscriptions/{subscription}/change-plan"}, view, with_the_plan<ChangePlan>),
      changes<Subscription, Cancel>(the_subscription, {"POST /subscriptions/{subscription}/cancel"}, view, with_the_plan<Cancel>),
      changes<Subscription, LinkBilling>(the_subscription, {"POST /subscriptions/{subscription}/link-billing"}, view),
  };
}

std::vector<Command> usage_record_commands() {
  auto the_record = by_id<events::UsageRecordId>("usage_record");
  the_record.what = "usage record";
  const auto view = fields_of<events::usage_record::State>();
  auto marked = view;
  marked.type = &events::type_info<UsageRecordReply>();
  marked.known_mark = "duplicate";
  auto record = creates<UsageRecord, Record>({"POST /usage"}, marked, record_and_count);
  record.ops.repeated = known;
  return {std::move(record), changes<UsageRecord, Adjust>(the_record, {"PATCH /usage/{usage_record}"}, view, adjust_and_count)};
}

}  // namespace daybook::routes
