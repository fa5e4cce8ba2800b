#include "command-service/domain/plan/plan.hpp"

#include <algorithm>
#include <set>

namespace daybook::domain {
namespace plan {
namespace {

using events::plan::Published;

std::optional<Rejection> refuse_unless_superuser(const CommandContext& context) {
  if (context.is_superuser) return std::nullopt;
  return forbidden("Only a superuser manages plans.");
}

std::vector<events::plan::UnitPrice> prices_of(const std::vector<UnitPrice>& sent) {
  std::vector<events::plan::UnitPrice> prices;
  for (const auto& [unit, price, per] : sent) prices.push_back({unit.text, price, per.value_or(1)});
  return prices;
}

void check_not_below_zero(events::Decimal price, std::string pointer, FieldRefusals& refusals) {
  if (price.nanos < 0) refusals.add(std::move(pointer), "out-of-range", "A price is 0 or more.");
}

template <class Fields>
void check_unit_prices(const Fields& fields, FieldRefusals& refusals) {
  std::set<std::string_view> units;
  if (fields.unit_prices.size() > unit_prices_max) refusals.add("/unit_prices", "too-many", "A plan can have at most 100 unit prices.");
  for (std::size_t i = 0; i < fields.unit_prices.size(); ++i) {
    const auto& each = fields.unit_prices[i];
    const auto pointer = "/unit_prices/" + std::to_string(i);
    check_not_below_zero(each.price, pointer + "/price", refusals);
    check_range(each.per, 1, price_per_max, pointer + "/per", refusals);
    if (!units.insert(each.billing_unit).second) refusals.add(pointer + "/billing_unit", "repeated", "This unit has a price already.");
  }
}

bool is_list(const events::Json& value) { return value.text.find_first_not_of(" \t\r\n") == value.text.find('['); }

// Features may be a list of words as well; limits name numbers.
template <class Fields>
void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_not_below_zero(fields.price_monthly, "/price_monthly", refusals);
  check_not_below_zero(fields.price_yearly, "/price_yearly", refusals);
  check_unit_prices(fields, refusals);
  if (!is_list(fields.features)) check_object(fields.features, "/features", refusals);
  if (!events::plan::limits_in_plan(fields.limits))
    refusals.add("/limits", "invalid", "Expected an object whose agents, workflows and executions_per_month are whole numbers from -1, which is no limit.");
}

Published published_by(const Publish& command) {
  auto published = told<Published, &Publish::unit_prices>(command);
  if (command.unit_prices) published.unit_prices = prices_of(*command.unit_prices);
  return published;
}

}  // namespace

Refusal BillingUnit::rule(std::string_view words) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  if (!words.empty() && words.size() <= short_text_characters_max && is_lower(words.front()) && std::all_of(words.begin(), words.end(), fits))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected the word of a billing unit, such as token or agent_run."};
}

Decision<Event> decide(const State& state, const Publish& command, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(context)) return *refused;
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  auto published = published_by(command);
  check_fields(published, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(published)};
}

bool repeats(const Published& first, const Publish& again, const CommandContext& context, const Facts&) {
  return context.is_superuser && published_by(again) == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(context)) return *refused;
  if (state.version.value == 0 || state.deleted_at) return not_found("plan");
  FieldRefusals refusals;
  State after = state;
  put_all<&Change::unit_prices>(command, after, refusals);
  if (command.unit_prices.sent) after.unit_prices = prices_of(command.unit_prices.value.value_or(std::vector<UnitPrice>{}));
  check_fields(after, refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<events::plan::Changed, events::plan::Repriced>(state, after, changes);
  return changes;
}

Decision<Event> decide(const State& state, const Retire&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(context)) return *refused;
  if (state.version.value == 0 || state.deleted_at) return not_found("plan");
  return std::vector<Event>{events::plan::Retired{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts&) {
  if (auto refused = refuse_unless_superuser(context)) return *refused;
  if (state.version.value == 0) return not_found("plan");
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::plan::Restored{}};
}

namespace {

std::string prefix_of(PlanType type) { return std::string(events::word_of(type)) + ":"; }

// Digits alone, so that they sort as ids do in any collation.
std::string offer_key(PlanType type, StreamId plan) {
  auto digits = plan.text();
  std::erase(digits, '-');
  return prefix_of(type) + digits;
}

}  // namespace

std::optional<StreamId> oldest_offered(PlanType type, const Facts& facts) {
  const auto prefix = prefix_of(type);
  const auto held = facts.held_beside(scope::offered_plan, prefix, prefix, Side::above, 1);
  return held.empty() ? std::nullopt : std::optional(held.front().holder);
}

}  // namespace plan

namespace {

// Holds its place among those offered, or no more.
template <class E>
void keep_offer(const plan::State& before, const E& e, const events::Envelope& event, Effects& effects) {
  auto after = before;
  evolve(after, e, event);
  after.version = event.stream_version;
  const bool was = plan::is_offered(before), is = plan::is_offered(after);
  const auto key = plan::offer_key(after.plan_type, event.stream_id);
  if (is && !was) effects.claim(scope::offered_plan, key, "/id");
  if (was && !is) effects.release(scope::offered_plan, key);
}

}  // namespace

void effects(const plan::State& before, const events::plan::Published& e, const events::Envelope& event, Effects& effects) {
  effects.born(std::nullopt);
  keep_offer(before, e, event, effects);
}
void effects(const plan::State& before, const events::plan::Changed& e, const events::Envelope& event, Effects& effects) {
  keep_offer(before, e, event, effects);
}
void effects(const plan::State& before, const events::plan::Retired& e, const events::Envelope& event, Effects& effects) {
  effects.died();
  keep_offer(before, e, event, effects);
}
void effects(const plan::State& before, const events::plan::Restored& e, const events::Envelope& event, Effects& effects) {
  effects.revived();
  keep_offer(before, e, event, effects);
}

template const AggregateOps& aggregate_ops<Plan>();

}  // namespace daybook::domain
