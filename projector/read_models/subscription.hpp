#pragma once
#include "events/subscription/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using SubscriptionRow = events::subscription::Fields;
template <> const Table& table_of<SubscriptionRow>();
ReadModel subscriptions();

// A period that was closed, and what it came to. Its id is the event's.
struct SubscriptionPeriodRow : events::Stamp {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  events::SubscriptionId subscription_id{};
  text::Instant period_start{};
  text::Instant period_end{};
  std::string currency;
  std::vector<events::subscription::Charge> charges;
  events::Decimal base;
  std::vector<events::subscription::UnitTotal> usage;
  events::Decimal usage_cost;
  events::Decimal total;
  bool operator==(const SubscriptionPeriodRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SubscriptionPeriodRow, (events::Stamp), (id, workspace_id, subscription_id, period_start, period_end, currency,
                                                               charges, base, usage, usage_cost, total))

template <> const Table& table_of<SubscriptionPeriodRow>();
ReadModel subscription_periods();

}  // namespace daybook::projector
