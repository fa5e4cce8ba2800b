#pragma once
// What was used, and its totals by period and unit: a record adds what it says, an adjustment the difference. So the totals of an
// open period are what it will close with.
#include "events/usage_record/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using UsageRecordRow = events::usage_record::Fields;
template <> const Table& table_of<UsageRecordRow>();
ReadModel usage_records();

// Of one unit in one period: of a subscription, or a calendar month (UTC).
struct UsageTotalRow {
  events::EntityId id{};
  events::WorkspaceId workspace_id{};
  std::optional<events::SubscriptionId> subscription_id;
  text::Instant period_start{};
  text::Instant period_end{};
  std::string currency;
  std::string billing_unit;
  events::Decimal quantity;
  events::Decimal total_cost;
  std::int64_t count = 0;
  bool operator==(const UsageTotalRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(UsageTotalRow, (), (id, workspace_id, subscription_id, period_start, period_end, currency, billing_unit, quantity,
                                          total_cost, count))

template <> const Table& table_of<UsageTotalRow>();
ReadModel usage_totals();

}  // namespace daybook::projector
