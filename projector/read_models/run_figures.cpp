#include "projector/read_models/run_figures.hpp"

#include <algorithm>

#include "events/core/fields.hpp"
#include "events/core/money.hpp"

namespace daybook::projector {
namespace {

void add_to(std::int64_t& figure, std::int64_t more, std::int64_t sign) { figure = events::sum(figure, sign * more).value(); }

void add_amount(std::vector<Amount>& costs, const Amount& more, std::int64_t sign) {
  auto at = std::lower_bound(costs.begin(), costs.end(), more.currency, [](const Amount& a, const std::string& currency) { return a.currency < currency; });
  if (at == costs.end() || at->currency != more.currency) at = costs.insert(at, {more.currency, {}});
  add_to(at->cost.nanos, more.cost.nanos, sign);
  if (at->cost.nanos == 0) costs.erase(at);
}

void add_tokens(std::optional<TokenSums>& to, const TokenSums& more, std::int64_t sign) {
  auto sums = to.value_or(TokenSums{});
  events::fields::for_each<TokenSums>([&](auto member) { add_to(sums.*member.pointer, more.*member.pointer, sign); });
  to = sums == TokenSums{} ? std::nullopt : std::optional(sums);
}

}  // namespace

void add(RunFigures& to, const RunFigures& more, std::int64_t sign) {
  for (const auto& amount : more.costs) add_amount(to.costs, amount, sign);
  if (more.token_usage) add_tokens(to.token_usage, *more.token_usage, sign);
  add_to(to.run_count, more.run_count, sign);
  add_to(to.runs_without_cost, more.runs_without_cost, sign);
  add_to(to.runs_without_usage, more.runs_without_usage, sign);
}

events::Decimal amount_in(const RunFigures& figures, const std::string& currency) {
  for (const auto& amount : figures.costs)
    if (amount.currency == currency) return amount.cost;
  return {};
}

}  // namespace daybook::projector
