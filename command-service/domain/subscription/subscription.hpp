#pragma once
// A workspace's subscription to a plan. One is live at a time; it decides by which plan the workspace is. Its price is taken from the plan
// when a period begins and when the plan changes, and holds for that period. Owners start, change and cancel it; time renews it, or
// lets it expire.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/subscription/state.hpp"

namespace daybook::domain {

struct Subscription {
  using State = events::subscription::State;
  using Event = events::subscription::Event;
  static constexpr auto stream_type = events::StreamType::subscription;
};

namespace scope {
inline constexpr std::string_view live_subscription = "live-subscription";  // by workspace
// Counters, by subscription: what was used of a unit in the period that begins then.
std::string used_quantity(std::string_view unit, text::Instant period_start);  // nano-units of the unit
std::string used_cost(std::string_view unit, text::Instant period_start);      // nano-units of the currency
std::string used_times(std::string_view unit, text::Instant period_start);     // usage records
}  // namespace scope

namespace subscription {

using events::subscription::BillingCycle;
using events::subscription::Event;
using events::subscription::State;
using events::subscription::Status;

inline constexpr std::size_t units_max = 1000;            // of one subscription
inline constexpr int periods_at_a_time_max = 120;         // that one command closes

// An id of the service that bills.
struct ExternalId : events::Text<ExternalId> {
  using Text::Text;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words) { return Name::rule(words); }
};

struct Start {
  static constexpr std::string_view verb = "subscription.start";
  static constexpr Permission permission = Permission::billing_manage;
  using Birth = events::subscription::Started;
  std::optional<events::SubscriptionId> id;
  events::PlanId plan_id{};
  std::optional<BillingCycle> billing_cycle;
  std::optional<text::Instant> current_period_start;      // left out: now; never in the future
  std::optional<text::Instant> current_period_end;        // left out: a cycle later; never over already
  std::optional<ExternalId> stripe_subscription_id;
  std::optional<ExternalId> stripe_customer_id;
};
BOOST_DESCRIBE_STRUCT(Start, (), (id, plan_id, billing_cycle, current_period_start, current_period_end, stripe_subscription_id,
                                  stripe_customer_id))

// Another plan from now on, paid for by the time it takes of the period; another cycle from the next period on.
struct ChangePlan {
  static constexpr std::string_view verb = "subscription.change_plan";
  static constexpr Permission permission = Permission::billing_manage;
  std::optional<events::PlanId> plan_id;
  std::optional<BillingCycle> billing_cycle;
};
BOOST_DESCRIBE_STRUCT(ChangePlan, (), (plan_id, billing_cycle))

struct LinkBilling {
  static constexpr std::string_view verb = "subscription.link_billing";
  static constexpr Permission permission = Permission::billing_manage;
  events::Patch<ExternalId> stripe_subscription_id;
  events::Patch<ExternalId> stripe_customer_id;
};
BOOST_DESCRIBE_STRUCT(LinkBilling, (), (stripe_subscription_id, stripe_customer_id))

// It stays in force to the end of the period, unless it is to end at once.
struct Cancel {
  static constexpr std::string_view verb = "subscription.cancel";
  static constexpr Permission permission = Permission::billing_manage;
  std::optional<bool> immediately;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (immediately))

// What time brings. Nothing before the end of the period; then the next one, or the end where it was cancelled or its plan is offered
// no more.
struct Renew {
  static constexpr std::string_view verb = "subscription.renew";
};
struct Expire {
  static constexpr std::string_view verb = "subscription.expire";
};

Decision<Event> decide(const State&, const Start&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangePlan&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const LinkBilling&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Cancel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Renew&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Expire&, const CommandContext&, const Facts&);

bool repeats(const events::subscription::Started& first, const Start& again, const CommandContext&, const Facts&);

// The events of every period that is over, and the state after them: other commands begin with these, for no timer need have run.
struct UpToDate {
  std::vector<Event> events;
  State state;
};
UpToDate brought_up_to_date(const State& state, const CommandContext& context, const Facts& facts);

// What happens to the workspace with it, in the same append: the plan by which it is. Nothing where that is so already.
std::optional<events::workspace::PlanChanged> plan_that_follows(const State& after, const events::workspace::State& workspace);

// The live subscription of a workspace.
std::optional<StreamId> live_in(events::WorkspaceId workspace, const Facts& facts);

}  // namespace subscription

void effects(const subscription::State&, const events::subscription::Started&, const events::Envelope&, Effects&);
void effects(const subscription::State&, const events::subscription::Expired&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::subscription::PlanChanged, events::subscription::BillingLinked, events::subscription::UnitMetered,
                 events::subscription::Renewed, events::subscription::Cancelled, events::subscription::BroughtForward> E>
void effects(const subscription::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Subscription>();

}  // namespace daybook::domain
