#pragma once
// What a provider's models cost: a table of prices, each in force from a time on until a later one of its model. Names and shapes
// are storage format.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/event_type.hpp"

namespace daybook::events::ai_provider {

// Per million tokens of each type, in major units of the currency. What is absent has no price of its own: usage of that type is
// not priced by this.
struct ModelPrice {
  std::string model;
  text::Instant effective_from{};
  std::string currency;
  std::optional<Decimal> input;
  std::optional<Decimal> cache_read;
  std::optional<Decimal> cache_write;
  std::optional<Decimal> output;
  std::optional<Decimal> reasoning;
  std::optional<Decimal> unsplit;
  bool operator==(const ModelPrice&) const = default;
};
BOOST_DESCRIBE_STRUCT(ModelPrice, (), (model, effective_from, currency, input, cache_read, cache_write, output, reasoning, unsplit))

// The price of the model that was in force at the time: the latest that began by then. Nothing where none had begun.
std::optional<ModelPrice> price_in_force(const std::vector<ModelPrice>& prices, std::string_view model, text::Instant at);

}  // namespace daybook::events::ai_provider
