#include "command-service/domain/subscription/subscription.hpp"

#include "command-service/domain/plan/plan.hpp"
#include "command-service/domain/subscription/proration.hpp"

namespace daybook::domain {

namespace {

std::string period_scope(std::string_view what, std::string_view unit, text::Instant period_start) {
  return std::string(what) + ":" + std::string(unit) + ":" + text::format_instant(period_start);
}

}  // namespace

std::string scope::used_quantity(std::string_view unit, text::Instant period_start) { return period_scope("used-quantity", unit, period_start); }
std::string scope::used_cost(std::string_view unit, text::Instant period_start) { return period_scope("used-cost", unit, period_start); }
std::string scope::used_times(std::string_view unit, text::Instant period_start) { return period_scope("used-times", unit, period_start); }

namespace subscription {
namespace {

using events::Decimal;
using events::subscription::Cancelled;
using events::subscription::ClosedPeriod;
using events::subscription::Expired;
using events::subscription::PlanChanged;
using events::subscription::Renewed;
using events::subscription::Started;
using PlanState = events::plan::State;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

const PlanState& plan_of(events::PlanId id, const Facts& facts) { return state_of<Plan>(facts, events::stream_of(id)); }

Decimal price_of(const PlanState& plan, BillingCycle cycle) { return cycle == BillingCycle::yearly ? plan.price_yearly : plan.price_monthly; }

Rejection unknown_plan() { return invalid("/plan_id", "unknown-reference", "There is no such plan on offer."); }

// One that ended stays as it is for ever; to begin again is another subscription.
std::optional<Rejection> refuse_ended(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "subscription", context, facts)) return refused;
  if (is_live(state)) return std::nullopt;
  return invalid("", "expired", "This subscription has ended: start another one.");
}

// What was counted of a unit in the open period.
events::subscription::UnitTotal used(const std::string& unit, const State& state, const Facts& facts) {
  const auto counted = [&](const std::string& in_scope) { return facts.counter(in_scope, events::stream_of(state.id)); };
  const auto begin = state.current_period_start;
  return {unit, Decimal{counted(scope::used_quantity(unit, begin))}, Decimal{counted(scope::used_cost(unit, begin))},
          counted(scope::used_times(unit, begin))};
}

ClosedPeriod closed_at(const State& state, text::Instant until, const Facts& facts) {
  ClosedPeriod closed{};
  closed.period_start = state.current_period_start;
  closed.period_end = until;
  closed.currency = state.currency;
  closed.charges = prorated(state.stretches, state.current_period_start, state.current_period_end, until);
  for (const auto& charge : closed.charges) closed.base.nanos += charge.amount.nanos;
  for (const auto& unit : state.units) {
    auto total = used(unit, state, facts);
    if (total.count == 0 && total.quantity.nanos == 0 && total.total_cost.nanos == 0) continue;
    closed.usage_cost.nanos += total.total_cost.nanos;
    closed.usage.push_back(std::move(total));
  }
  closed.total.nanos = closed.base.nanos + closed.usage_cost.nanos;
  return closed;
}

text::Instant next_end(const State& state) {
  return months_after(state.anchor, state.months + months_of(state.period_cycle) + months_of(state.billing_cycle));
}

// What the end of the period brings.
Event at_the_end(const State& state, const Facts& facts) {
  auto closed = closed_at(state, state.current_period_end, facts);
  const auto& plan = plan_of(state.plan_id, facts);
  if (state.status == Status::cancelled || !plan::is_offered(plan)) return Expired{std::move(closed)};
  Renewed renewed{std::move(closed), state.current_period_end, next_end(state), price_of(plan, state.billing_cycle), plan.currency};
  return renewed;
}

void happen(UpToDate& to, Event event, const CommandContext& context) {
  events::Envelope envelope{};
  envelope.recorded_at = context.now;
  envelope.occurred_at = context.occurred_at.value_or(context.now);
  std::visit([&](const auto& e) { evolve(to.state, e, envelope); }, event);
  to.events.push_back(std::move(event));
}

Started started_by(const Start& command, const PlanState& plan, text::Instant now) {
  auto started = told<Started>(command);
  started.plan_type = plan.plan_type;
  started.current_period_start = command.current_period_start.value_or(now);
  started.current_period_end = command.current_period_end.value_or(months_after(started.current_period_start, months_of(started.billing_cycle)));
  started.anchor = command.current_period_end.value_or(started.current_period_start);
  started.price = price_of(plan, started.billing_cycle);
  started.currency = plan.currency;
  return started;
}

}  // namespace

UpToDate brought_up_to_date(const State& state, const CommandContext& context, const Facts& facts) {
  UpToDate to{{}, state};
  for (int i = 0; i < periods_at_a_time_max && is_live(to.state) && context.now >= to.state.current_period_end; ++i)
    happen(to, at_the_end(to.state, facts), context);
  return to;
}

Decision<Event> decide(const State& state, const Start& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto workspace = workspace_of(context).id;
  const auto live = live_in(workspace, facts);
  // Asked before it is refused: a plan that is not known yet is fetched in the same trip.
  const auto& plan = plan_of(command.plan_id, facts);
  if (live) return already_exists("", "The workspace has a subscription already: change its plan.");
  if (!plan::is_offered(plan)) return unknown_plan();
  auto started = started_by(command, plan, context.now);
  if (started.current_period_start > context.now) return invalid("/current_period_start", "in-the-future", "A period cannot begin in the future.");
  if (started.current_period_end <= context.now) {
    const auto* pointer = command.current_period_end ? "/current_period_end" : "/current_period_start";
    return invalid(pointer, "out-of-range", "This period would be over already.");
  }
  return std::vector<Event>{std::move(started)};
}

// What was taken from the plan and the clock may be otherwise by now.
bool repeats(const Started& first, const Start& again, const CommandContext&, const Facts&) {
  auto started = told<Started>(again);
  if (!again.current_period_start) started.current_period_start = first.current_period_start;
  if (!again.current_period_end) started.current_period_end = first.current_period_end;
  started.anchor = first.anchor;
  started.plan_type = first.plan_type;
  started.price = first.price;
  started.currency = first.currency;
  return started == first;
}

Decision<Event> decide(const State& state, const ChangePlan& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_ended(state, context, facts)) return *refused;
  auto now = brought_up_to_date(state, context, facts);
  if (auto refused = refuse_ended(now.state, context, facts)) return *refused;
  if (now.state.status == Status::cancelled) return invalid("", "cancelled", "This subscription is cancelled: it ends with its period.");
  const auto plan_id = command.plan_id.value_or(now.state.plan_id);
  const auto& plan = plan_of(plan_id, facts);
  if (plan_id != now.state.plan_id && !plan::is_offered(plan)) return unknown_plan();
  if (plan_id != now.state.plan_id && plan.currency != now.state.currency)
    return invalid("/plan_id", "currency-mismatch", "This plan's prices are in " + plan.currency + ", those of the period in " + now.state.currency + ".");
  PlanChanged changed{plan_id, plan.plan_type, command.billing_cycle.value_or(now.state.billing_cycle), now.state.price};
  if (plan_id != now.state.plan_id) changed.price = price_of(plan, now.state.period_cycle);
  const bool same = plan_id == now.state.plan_id && changed.billing_cycle == now.state.billing_cycle;
  if (!same) now.events.push_back(changed);
  return std::move(now.events);
}

Decision<Event> decide(const State& state, const LinkBilling& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "subscription", context, facts)) return *refused;
  FieldRefusals refusals;
  auto after = state;
  put_all(command, after, refusals);
  std::vector<Event> changes;
  add_changes<events::subscription::BillingLinked>(state, after, changes);
  return changes;
}

Decision<Event> decide(const State& state, const Cancel& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_ended(state, context, facts)) return *refused;
  auto now = brought_up_to_date(state, context, facts);
  if (!is_live(now.state)) return std::move(now.events);
  if (now.state.status != Status::cancelled) happen(now, Cancelled{}, context);
  if (command.immediately.value_or(false)) happen(now, Expired{closed_at(now.state, context.now, facts)}, context);
  return std::move(now.events);
}

Decision<Event> decide(const State& state, const Renew&, const CommandContext& context, const Facts& facts) {
  return brought_up_to_date(state, context, facts).events;
}

Decision<Event> decide(const State& state, const Expire&, const CommandContext& context, const Facts& facts) {
  return brought_up_to_date(state, context, facts).events;
}

std::optional<events::workspace::PlanChanged> plan_that_follows(const State& after, const events::workspace::State& workspace) {
  events::workspace::PlanChanged plan{};
  if (is_live(after)) plan = {after.plan_type, after.plan_id, after.id};
  const bool is_another = !is_live(after) && workspace.subscription_id != after.id;
  if (is_another || plan == events::fields_as<events::workspace::PlanChanged>(workspace)) return std::nullopt;
  return plan;
}

std::optional<StreamId> live_in(events::WorkspaceId workspace, const Facts& facts) {
  return facts.claimed(scope::live_subscription, workspace.text());
}

}  // namespace subscription

void effects(const subscription::State&, const events::subscription::Started&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  effects.claim(scope::live_subscription, event.workspace_id->text(), "");
}
void effects(const subscription::State& before, const events::subscription::Expired&, const events::Envelope&, Effects& effects) {
  effects.release(scope::live_subscription, before.workspace_id.text());
}

template const AggregateOps& aggregate_ops<Subscription>();

}  // namespace daybook::domain
