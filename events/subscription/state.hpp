#pragma once
// A subscription after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/subscription/events.hpp"

namespace daybook::events::subscription {

// What is shown of it.
struct Fields : Stamp {
  SubscriptionId id{};
  WorkspaceId workspace_id{};
  PlanId plan_id{};
  PlanType plan_type = PlanType::free;
  Status status = Status::active;
  BillingCycle billing_cycle = BillingCycle::monthly;  // of the periods to come
  text::Instant current_period_start{};
  text::Instant current_period_end{};
  Decimal price;                                       // of the period
  std::string currency;
  std::optional<std::string> stripe_subscription_id;
  std::optional<std::string> stripe_customer_id;
  std::int64_t periods_closed = 0;
  std::optional<text::Instant> cancelled_at;
  std::optional<text::Instant> expired_at;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, plan_id, plan_type, status, billing_cycle, current_period_start,
                                        current_period_end, price, currency, stripe_subscription_id, stripe_customer_id,
                                        periods_closed, cancelled_at, expired_at, created_by_type, created_by_id))

// From when on a plan is in force in the open period, at what price of the whole.
struct Stretch {
  PlanId plan_id{};
  Decimal price;
  text::Instant from{};
  bool operator==(const Stretch&) const = default;
};
BOOST_DESCRIBE_STRUCT(Stretch, (), (plan_id, price, from))

struct State : Fields {
  text::Instant anchor{};                              // counted from here, periods end on the same day of the month
  std::int64_t months = 0;                             // from there to the beginning of the open period
  BillingCycle period_cycle = BillingCycle::monthly;   // of the open period
  std::vector<Stretch> stretches;                      // of the open period
  std::vector<std::string> units;                      // of which there ever was usage
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (anchor, months, period_cycle, stretches, units))

inline bool is_live(const Fields& fields) { return fields.version.value > 0 && fields.status != Status::expired; }
inline std::int64_t months_of(BillingCycle cycle) { return cycle == BillingCycle::yearly ? 12 : 1; }

void evolve(State&, const Started&, const Envelope&);
void evolve(State&, const PlanChanged&, const Envelope&);
void evolve(State&, const BillingLinked&, const Envelope&);
void evolve(State&, const UnitMetered&, const Envelope&);
void evolve(State&, const Renewed&, const Envelope&);
void evolve(State&, const Cancelled&, const Envelope&);
void evolve(State&, const Expired&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::subscription
