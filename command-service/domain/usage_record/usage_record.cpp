#include "command-service/domain/usage_record/usage_record.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/subscription/proration.hpp"
#include "command-service/domain/workspace/quota.hpp"

namespace daybook::domain {
namespace usage_record {
namespace {

using events::Decimal;
using events::usage_record::Adjusted;
using events::usage_record::Recorded;
using subscription::UpToDate;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

std::string source_key(events::WorkspaceId workspace, std::string_view source, std::string_view source_id) {
  return key_in(workspace, std::string(source) + ":" + std::string(source_id));
}

// The calendar month of a moment.
struct Month {
  text::Instant begin, end;
};
Month month_of(text::Instant now) {
  auto day = text::date_of(now);
  day.day = 1;
  const auto begin = day.first_moment();
  return {begin, subscription::months_after(begin, 1)};
}

// Either the subscription that is live, with every period closed that is over, or none.
std::optional<UpToDate> live_now(const CommandContext& context, const Facts& facts) {
  const auto stream = subscription::live_in(workspace_of(context).id, facts);
  if (!stream) return std::nullopt;
  return subscription::brought_up_to_date(state_of<Subscription>(facts, *stream), context, facts);
}

// A price that was not sent is the plan's, with its currency.
void take_price(const Record& command, const CommandContext& context, const Facts& facts, Recorded& recorded, FieldRefusals& refusals) {
  const auto& workspace = workspace_of(context);
  const auto* plan = plan_in_force(workspace, facts);
  const auto* price = plan == nullptr ? nullptr : events::plan::find_price(*plan, command.billing_unit.text);
  recorded.currency = command.currency ? command.currency->text : plan != nullptr ? plan->currency : workspace.currency;
  if (command.unit_price) return;
  if (price == nullptr || recorded.currency != plan->currency)
    return refusals.add("/unit_price", "required", "The plan in force has no price for this unit: send one.");
  if (command.price_per) return refusals.add("/price_per", "out-of-place", "This goes with a price of one's own.");
  recorded.unit_price = price->price;
  recorded.price_per = price->per;
}

template <class Fields>
void check_amounts(Fields& fields, FieldRefusals& refusals) {
  if (fields.quantity.nanos < 0) refusals.add("/quantity", "out-of-range", "A quantity is 0 or more.");
  if (fields.unit_price.nanos < 0) refusals.add("/unit_price", "out-of-range", "A price is 0 or more.");
  check_range(fields.price_per, 1, plan::price_per_max, "/price_per", refusals);
  if (refusals.any()) return;
  if (const auto cost = subscription::cost_of(fields.quantity, fields.unit_price, fields.price_per)) fields.total_cost = *cost;
  else refusals.add("/quantity", "out-of-range", "This would cost more than an amount can be.");
}

// What is counted of a unit in a period stays within what an amount can be, at every record.
bool fits(const subscription::State& in, const std::string& unit, Decimal quantity, Decimal cost, const Facts& facts) {
  const auto stays = [&](const std::string& counter, Decimal more) {
    return subscription::sum(Decimal{facts.counter(counter, events::stream_of(in.id))}, more).has_value();
  };
  const bool quantity_stays = stays(scope::used_quantity(unit, in.current_period_start), quantity);
  return stays(scope::used_cost(unit, in.current_period_start), cost) && quantity_stays;
}

Rejection too_much() { return invalid("/quantity", "out-of-range", "The period would hold more of this unit than a total can be."); }

}  // namespace

Refusal Source::rule(std::string_view words) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-'; };
  if (!words.empty() && words.size() <= short_text_characters_max && is_lower(words.front()) && std::all_of(words.begin(), words.end(), fits))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected the word of what measured it, such as execution or gateway."};
}

Result<Counted> record(const State& state, const Record& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  auto live = live_now(context, facts);
  FieldRefusals refusals;
  auto recorded = told<Recorded>(command);
  take_price(command, context, facts, recorded, refusals);
  check_amounts(recorded, refusals);
  if (refusals.any()) return refusals.rejection();

  const auto month = month_of(context.now);
  recorded.period_start = month.begin;
  recorded.period_end = month.end;
  Counted counted{};
  if (!live) {
    counted.record.push_back(std::move(recorded));
    return counted;
  }
  counted.subscription = events::stream_of(live->state.id);
  counted.periods = std::move(live->events);
  const auto& now = live->state;
  if (is_live(now) && now.currency == recorded.currency) {
    recorded.subscription_id = now.id;
    recorded.period_start = now.current_period_start;
    recorded.period_end = now.current_period_end;
    const auto& unit = recorded.billing_unit;
    if (!fits(now, unit, recorded.quantity, recorded.total_cost, facts)) return too_much();
    if (std::find(now.units.begin(), now.units.end(), unit) == now.units.end()) {
      if (now.units.size() >= subscription::units_max) return invalid("/billing_unit", "too-many", "A subscription can have usage of at most 1,000 units.");
      counted.periods.push_back(events::subscription::UnitMetered{unit});
    }
  }
  counted.record.push_back(std::move(recorded));
  return counted;
}

// What was taken from the plan and the clock may be otherwise by now.
bool repeats(const Recorded& first, const Record& again, const CommandContext&, const Facts&) {
  const bool same_price = !again.unit_price || (*again.unit_price == first.unit_price && again.price_per.value_or(1) == first.price_per);
  const bool same_currency = !again.currency || again.currency->text == first.currency;
  return again.source.text == first.source && again.source_id.text == first.source_id && again.billing_unit.text == first.billing_unit &&
         again.quantity == first.quantity && same_price && same_currency;
}

Result<Counted> adjust(const State& state, const Adjust& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "usage record", context, facts)) return *refused;
  FieldRefusals refusals;
  auto after = state;
  put_all(command, after, refusals);
  if (!refusals.any()) check_amounts(after, refusals);
  if (refusals.any()) return refusals.rejection();
  Counted counted{};
  if (after == state) return counted;

  Adjusted adjusted{after.quantity, after.unit_price, after.price_per, after.total_cost, {}, {}};
  if (!state.subscription_id) {
    const auto month = month_of(context.now);
    adjusted.counted_from = month.begin;
    adjusted.counted_to = month.end;
  } else if (auto live = live_now(context, facts); live && live->state.id == *state.subscription_id) {
    const auto& now = live->state;
    counted.subscription = events::stream_of(now.id);
    if (is_live(now)) {
      const Decimal more{after.quantity.nanos - state.quantity.nanos}, cost{after.total_cost.nanos - state.total_cost.nanos};
      if (!fits(now, state.billing_unit, more, cost, facts)) return too_much();
      adjusted.counted_from = now.current_period_start;
      adjusted.counted_to = now.current_period_end;
    }
    counted.periods = std::move(live->events);
  }
  counted.record.push_back(std::move(adjusted));
  return counted;
}

std::optional<StreamId> recorded_as(events::WorkspaceId workspace, std::string_view source, std::string_view source_id, const Facts& facts) {
  return facts.claimed(scope::usage_source, source_key(workspace, source, source_id));
}

namespace {

void count_usage(events::SubscriptionId id, const std::string& unit, text::Instant period_start, Decimal quantity, Decimal cost, std::int64_t times,
                 Effects& effects) {
  const auto key = events::stream_of(id);
  if (quantity.nanos != 0) effects.count(scope::used_quantity(unit, period_start), key, quantity.nanos);
  if (cost.nanos != 0) effects.count(scope::used_cost(unit, period_start), key, cost.nanos);
  if (times != 0) effects.count(scope::used_times(unit, period_start), key, times);
}

}  // namespace
}  // namespace usage_record

void effects(const usage_record::State&, const events::usage_record::Recorded& e, const events::Envelope& event, Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.born(events::stream_of(workspace));
  effects.claim(scope::usage_source, usage_record::source_key(workspace, e.source, e.source_id), "/source_id");
  if (e.subscription_id) usage_record::count_usage(*e.subscription_id, e.billing_unit, e.period_start, e.quantity, e.total_cost, 1, effects);
}
void effects(const usage_record::State& before, const events::usage_record::Adjusted& e, const events::Envelope&, Effects& effects) {
  if (!before.subscription_id || !e.counted_from) return;
  const events::Decimal quantity{e.quantity.nanos - before.quantity.nanos}, cost{e.total_cost.nanos - before.total_cost.nanos};
  usage_record::count_usage(*before.subscription_id, before.billing_unit, *e.counted_from, quantity, cost, 0, effects);
}
void effects(const usage_record::State& before, const events::usage_record::BroughtForward& e, const events::Envelope&, Effects& effects) {
  if (!before.subscription_id || !e.total_cost) return;
  usage_record::count_usage(*before.subscription_id, before.billing_unit, before.period_start, {}, *e.total_cost, 0, effects);
}

template const AggregateOps& aggregate_ops<UsageRecord>();

}  // namespace daybook::domain
