#pragma once
// The config of an AI provider after its events, be it a workspace's with a stream of its own or a part of a person's stream. Folded
// alike by decide (the API key opened) and by the read models (the API key sealed).
#include "events/ai_provider/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::ai_provider {

// What is shown of it.
struct Fields : Stamp {
  AiProviderId id{};
  std::optional<WorkspaceId> workspace_id;     // whose it is: a workspace's
  std::optional<UserId> user_id;               // or one person's own
  std::string provider;                        // openai, anthropic, …
  std::optional<std::string> api_key;          // the mark of what is sealed, or nothing where there is none
  std::optional<std::string> endpoint;
  Json settings{"{}"};
  bool is_enabled = true;
  std::optional<Decimal> monthly_budget;
  std::string currency = "USD";                // of the budget, and of what was spent
  std::vector<ModelPrice> prices;
  std::optional<text::Instant> last_tested_at;
  std::optional<std::string> last_error;       // of the last test, where that failed
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;     // removed
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, user_id, provider, api_key, endpoint, settings, is_enabled, monthly_budget,
                                        currency, prices, last_tested_at, last_error, created_by_type, created_by_id, deleted_at))

struct State : Fields {
  Personal sealed_api_key;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (sealed_api_key))

inline std::optional<ModelPrice> price_in_force(const State& state, std::string_view model, text::Instant at) {
  return price_in_force(state.prices, model, at);
}

// What its first event says of it, whoever's it is.
void add(State&, const Added&);

void evolve(State&, const Added&, const Envelope&);
void evolve(State&, const Reconfigured&, const Envelope&);
void evolve(State&, const BudgetSet&, const Envelope&);
void evolve(State&, const CredentialsReplaced&, const Envelope&);
void evolve(State&, const PricesSet&, const Envelope&);
void evolve(State&, const Tested&, const Envelope&);
void evolve(State&, const Enabled&, const Envelope&);
void evolve(State&, const Disabled&, const Envelope&);
void evolve(State&, const Removed&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::ai_provider
