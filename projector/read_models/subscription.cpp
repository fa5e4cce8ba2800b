#include "projector/read_models/subscription.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void keep_period(const events::subscription::ClosedPeriod& closed, const SubscriptionRow& subscription, const events::Envelope& e, StateStore& store) {
  SubscriptionPeriodRow row{};
  events::stamp_event(row, e);
  events::take_fields(row, closed);
  row.id = e.event_id;
  row.workspace_id = subscription.workspace_id;
  row.subscription_id = subscription.id;
  store.insert(row);
}

void apply_subscription(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::subscription::Event>(e);
  const auto [before, after] = fold_row<events::subscription::State, SubscriptionRow>(event, e, store);
  std::visit(
      [&](const auto& what) {
        if constexpr (requires { what.closed; }) keep_period(what.closed, after, e, store);
      },
      event);
  note_activity(e, {"subscription", after.id.value, {}, {}, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<SubscriptionRow>() {
  static const auto t = table<SubscriptionRow>(71, "subscriptions", {},
                                               {"workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, current_period_end, id",
                                                "(current_period_end, id) WHERE status <> 'expired'", "plan_id", "((id::text))"});
  return t;
}

template <>
const Table& table_of<SubscriptionPeriodRow>() {
  static const auto t = never_changed(table<SubscriptionPeriodRow>(
      72, "subscription_periods", {}, {"workspace_id, period_start, id", "workspace_id, total, id", "subscription_id, period_start, id"}));
  return t;
}

ReadModel subscriptions() { return {{&table_of<SubscriptionRow>()}, events::StreamType::subscription, apply_subscription}; }
ReadModel subscription_periods() { return {{&table_of<SubscriptionPeriodRow>()}}; }

}  // namespace daybook::projector
