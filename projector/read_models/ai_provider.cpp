#include "projector/read_models/ai_provider.hpp"

#include "events/user/state.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

// Of a table of prices it is enough to tell that it was set, and to how many.
std::string details_of(const events::ai_provider::Event& event) {
  if (const auto* set = std::get_if<events::ai_provider::PricesSet>(&event)) return R"({"prices":)" + std::to_string(set->prices.size()) + "}";
  return std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
}

// The table stands in the row; a feed that repeated it before and after would hold little else.
std::string changes_between(AiProviderRow before, AiProviderRow after) {
  before.prices.clear();
  after.prices.clear();
  return differences(before, after);
}

void apply_ai_provider(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::ai_provider::Event>(e);
  const auto [before, after] = fold_row<events::ai_provider::State, AiProviderRow>(event, e, store);
  if (const auto* brought = std::get_if<events::ai_provider::BroughtForward>(&event))
    bring_spending(after, brought->current_spend.value_or(events::Decimal{}), e, store);
  note_activity(e, {"ai_provider", after.id.value, {}, {}, changes_between(before, after), details_of(event)}, store);
}

}  // namespace

template <>
const Table& table_of<AiProviderRow>() {
  static const auto t = table<AiProviderRow>(
      50, "ai_providers", {},
      {"workspace_id, provider COLLATE \"C\", id",
       "workspace_id, created_at, id",
       "workspace_id, updated_at, id",
       "user_id, provider COLLATE \"C\", id",
       "user_id, created_at, id",
       "user_id, updated_at, id",
       "(read_models.number_of(id, born, 22))"});
  return t;
}

ReadModel ai_providers() { return {{&table_of<AiProviderRow>()}, events::StreamType::ai_provider, apply_ai_provider}; }

void apply_own_ai_provider(const events::user::Event& event, const events::Envelope& e, StateStore& store) {
  const auto apply = [&](const auto& what) {
    if constexpr (requires { what.ai_provider_id; })
      change_own<&events::user::State::ai_providers, AiProviderRow>(what.ai_provider_id.value, what, e, store);
  };
  std::visit(apply, event);
}

}  // namespace daybook::projector
