#include "command-service/domain/execution/cost.hpp"

#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "events/core/fields.hpp"
#include "events/core/money.hpp"

namespace daybook::domain::execution {
namespace {

using events::Decimal;
using events::ai_provider::ModelPrice;
using events::execution::Usage;

// All that was ever spent in a workspace and currency. Costs are never negative, so what fits in all fits in every part of it.
constexpr std::int64_t total_nano_max = 4'000'000'000'000'000'000;

// Nothing where it cannot be known.
std::optional<events::Bill> bill_of(const Usage& usage, const ModelPrice& price) {
  if (!is_reported(usage)) return std::nullopt;
  events::Bill bill;
  const auto add = [&](std::optional<std::int64_t> tokens, const std::optional<Decimal>& each) {
    if (tokens.value_or(0) == 0) return true;
    if (!each) return false;
    bill.add(*tokens, *each);
    return true;
  };
  const bool known = add(usage.input, price.input) && add(usage.cache_read, price.cache_read) && add(usage.cache_write, price.cache_write) &&
                     add(usage.output, price.output) && add(usage.reasoning, price.reasoning) && add(usage.unsplit, price.unsplit);
  if (!known) return std::nullopt;
  return bill;
}

void check(const Reported& reported, FieldRefusals& refusals) {
  events::fields::for_each<Usage>([&](auto member) {
    check_range(reported.usage.*member.pointer, 0, tokens_max, std::string("/usage/") + member.name, refusals);
  });
  if (reported.cost && reported.cost->nanos < 0) refusals.add("/reported_cost", "out-of-range", "Expected a number from 0.");
}

Rejection too_much(std::string pointer) {
  return invalid(std::move(pointer), "out-of-range", "This is more than the costs of a workspace can be added up to.");
}

// Whether the workspace's costs still add up with this one in place of what it was before.
bool fits(const Cost& cost, const std::optional<Cost>& before, events::WorkspaceId workspace, const Facts& facts) {
  auto others = facts.counter(spent_in(cost.currency), events::stream_of(workspace));
  if (before && before->cost_nano && before->currency == cost.currency) others -= *before->cost_nano;
  return *cost.cost_nano <= total_nano_max - others;
}

}  // namespace

bool is_reported(const Usage& usage) { return usage.unsplit || (usage.input && usage.output); }

std::optional<std::int64_t> cost_of(const Usage& usage, const ModelPrice& price) {
  const auto bill = bill_of(usage, price);
  if (!bill) return std::nullopt;
  const auto total = bill->total(tokens_priced);
  return total ? std::optional(total->nanos) : std::nullopt;
}

std::optional<events::AiProviderId> provider_of(const Source& source, events::WorkspaceId workspace, const Facts& facts) {
  if (source.provider.empty()) return std::nullopt;
  const auto config = ai_provider::config_of(workspace, source.provider, facts);
  return config ? std::optional(events::AiProviderId{config->value}) : std::nullopt;
}

std::optional<ModelPrice> price_at(text::Instant moment, const Source& source, events::WorkspaceId workspace, const Facts& facts) {
  const auto provider = provider_of(source, workspace, facts);
  if (!provider) return std::nullopt;
  const auto& prices = state_of<AiProvider>(facts, events::stream_of(*provider)).prices;
  return events::ai_provider::price_in_force(prices, source.model, moment);
}

Result<Cost> cost_of_run(const Reported& reported, const Source& source, text::Instant ended, const std::optional<Cost>& before,
                         const events::workspace::Fields& workspace, const Facts& facts) {
  FieldRefusals refusals;
  check(reported, refusals);
  if (refusals.any()) return refusals.rejection();
  Cost cost{std::nullopt, reported.currency.value_or(workspace.currency), provider_of(source, workspace.id, facts)};
  if (reported.cost) {
    cost.cost_nano = reported.cost->nanos;
    if (!fits(cost, before, workspace.id, facts)) return too_much("/reported_cost");
    return cost;
  }
  const auto price = price_at(ended, source, workspace.id, facts);
  if (!price) return cost;
  const auto bill = bill_of(reported.usage, *price);
  if (!bill) return cost;
  const auto total = bill->total(tokens_priced);
  if (!total) return too_much("/usage");
  cost.cost_nano = total->nanos;
  cost.currency = price->currency;
  if (!fits(cost, before, workspace.id, facts)) return too_much("/usage");
  return cost;
}

}  // namespace daybook::domain::execution
