// What models cost, and from when on. Runs are priced by what was in force when they ended, so that is not told anew.
#include <algorithm>
#include <tuple>

#include "command-service/domain/ai_provider/ai_provider.hpp"

namespace daybook::domain::ai_provider {
namespace {

using Table = std::vector<ModelPrice>;

constexpr std::int64_t price_max = 1'000'000;  // major units per million tokens
constexpr std::int64_t nanos_in_one = 1'000'000'000;

bool comes_before(const ModelPrice& a, const ModelPrice& b) {
  return std::tie(a.model, a.effective_from) < std::tie(b.model, b.effective_from);
}

bool costs_the_same(ModelPrice a, const ModelPrice& b) {
  a.effective_from = b.effective_from;
  return a == b;
}

std::string place_of(std::size_t line, std::string_view field = "") {
  return "/prices/" + std::to_string(line) + (field.empty() ? "" : "/") + std::string(field);
}

void check_amounts(const Price& price, std::size_t line, FieldRefusals& refusals) {
  bool any = false;
  const auto check = [&](const std::optional<events::Decimal>& amount, std::string_view field) {
    any = any || amount;
    if (!amount || (amount->nanos >= 0 && amount->nanos <= price_max * nanos_in_one)) return;
    refusals.add(place_of(line, field), "out-of-range", "Expected a number from 0 to 1000000.");
  };
  check(price.input, "input");
  check(price.cache_read, "cache_read");
  check(price.cache_write, "cache_write");
  check(price.output, "output");
  check(price.reasoning, "reasoning");
  check(price.unsplit, "unsplit");
  if (!any) refusals.add(place_of(line), "required", "Say at least one price.");
}

ModelPrice line_of(const Price& price, const State& state, text::Instant now) {
  ModelPrice line{};
  events::take_fields<&Price::model, &Price::effective_from, &Price::currency>(line, price);
  line.model = price.model.text;
  line.effective_from = price.effective_from.value_or(now);
  line.currency = price.currency ? price.currency->text : state.currency;
  return line;
}

Table lines_of(const SettingPrices& command, const State& state, text::Instant now, FieldRefusals& refusals) {
  Table table;
  for (std::size_t i = 0; i < command.prices.size(); ++i) {
    check_amounts(command.prices[i], i, refusals);
    auto line = line_of(command.prices[i], state, now);
    const auto same = [&](const auto& other) { return other.model == line.model && other.effective_from == line.effective_from; };
    if (std::any_of(table.begin(), table.end(), same))
      refusals.add(place_of(i), "already-exists", "Another line says what this model costs from then on.");
    table.push_back(std::move(line));
  }
  return table;
}

// A line that begins in the past may tell what was not known then, and nothing else than was.
void keep_what_was_in_force(const Table& before, Table& lines, text::Instant now, FieldRefusals& refusals) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const auto was = events::ai_provider::price_in_force(before, line.model, line.effective_from);
    if (line.effective_from < now && was && !costs_the_same(*was, line))
      refusals.add(place_of(i, "effective_from"), "was-in-force", "Another price of this model was in force then: prices change from now on.");
  }
  for (const auto& old : before) {
    const auto same = [&](const auto& line) { return line.model == old.model && line.effective_from == old.effective_from; };
    if (old.effective_from < now && std::none_of(lines.begin(), lines.end(), same)) lines.push_back(old);
  }
}

bool brings_in(const CommandContext& context) {
  return context.origin == events::Origin::import && context.role && allowed(Permission::bring_in, *context.role);
}

}  // namespace

Decision<Event> prices_set(const State& state, const SettingPrices& command, const CommandContext& context, std::size_t most) {
  const auto too_many = "At most " + std::to_string(most) + " prices, those that were in force included.";
  if (command.prices.size() > most) return invalid("/prices", "too-many", too_many);
  FieldRefusals refusals;
  auto table = lines_of(command, state, context.now, refusals);
  if (!brings_in(context)) keep_what_was_in_force(state.prices, table, context.now, refusals);
  if (table.size() > most) refusals.add("/prices", "too-many", too_many);
  if (refusals.any()) return refusals.rejection();
  std::sort(table.begin(), table.end(), comes_before);
  if (table == state.prices) return std::vector<Event>{};
  return std::vector<Event>{events::ai_provider::PricesSet{std::move(table)}};
}

}  // namespace daybook::domain::ai_provider
