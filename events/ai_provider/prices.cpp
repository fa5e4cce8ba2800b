#include "events/ai_provider/prices.hpp"

namespace daybook::events::ai_provider {

std::optional<ModelPrice> price_in_force(const std::vector<ModelPrice>& prices, std::string_view model, text::Instant at) {
  const ModelPrice* found = nullptr;
  for (const auto& price : prices) {
    if (price.model != model || price.effective_from > at) continue;
    if (found == nullptr || price.effective_from > found->effective_from) found = &price;
  }
  return found ? std::optional(*found) : std::nullopt;
}

}  // namespace daybook::events::ai_provider
