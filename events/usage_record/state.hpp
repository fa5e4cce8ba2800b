#pragma once
// A usage record after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/usage_record/events.hpp"

namespace daybook::events::usage_record {

struct Fields : Stamp {
  UsageRecordId id{};
  WorkspaceId workspace_id{};
  std::string source;
  std::string source_id;
  std::string billing_unit;
  Decimal quantity;
  Decimal unit_price;
  std::int64_t price_per = 1;
  Decimal total_cost;
  std::string currency;
  std::optional<SubscriptionId> subscription_id;
  text::Instant period_start{};
  text::Instant period_end{};
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, source, source_id, billing_unit, quantity, unit_price, price_per, total_cost,
                                        currency, subscription_id, period_start, period_end, created_by_type, created_by_id))

using State = Fields;

void evolve(State&, const Recorded&, const Envelope&);
void evolve(State&, const Adjusted&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::usage_record
