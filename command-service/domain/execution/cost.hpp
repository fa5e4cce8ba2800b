#pragma once
// What a run costs: what was reported, else its usage by the price in force when it ended, else unknown. Unknown is never 0.
#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "events/ai_provider/prices.hpp"
#include "events/execution/usage.hpp"
#include "events/workspace/state.hpp"

namespace daybook::domain::execution {

inline constexpr std::int64_t tokens_max = 1'000'000'000'000;  // of one type in one run
inline constexpr std::int64_t tokens_priced = 1'000'000;       // a price is for so many

// Whether it says what was used: tokens that are not split, or at least those that went in and those that came out. The types
// beside these are 0 where a provider has no such.
bool is_reported(const events::execution::Usage& usage);

// Nothing where the usage is not reported, where tokens of a type without a price were used, or where it does not fit.
std::optional<std::int64_t> cost_of(const events::execution::Usage& usage, const events::ai_provider::ModelPrice& price);

// Whom the tokens of a run are bought from.
struct Source {
  std::string provider;  // openai
  std::string model;
};

// The config that its provider is used by in the workspace.
std::optional<events::AiProviderId> provider_of(const Source& source, events::WorkspaceId workspace, const Facts& facts);
std::optional<events::ai_provider::ModelPrice> price_at(text::Instant moment, const Source& source, events::WorkspaceId workspace, const Facts& facts);

// As somebody reports it. Without a currency, the workspace's is meant.
struct Reported {
  events::execution::Usage usage;
  std::optional<events::Decimal> cost;
  std::optional<std::string> currency;
};

// As events hold it.
struct Cost {
  std::optional<std::int64_t> cost_nano;           // unset: unknown
  std::string currency;
  std::optional<events::AiProviderId> priced_by;   // also where the cost was reported: in whose budget it counts
  bool operator==(const Cost&) const = default;
};

// `ended`: when it is recorded that the run ended, for a correction too, so that a later price never changes what is past.
// `before`: what it cost until then, where this corrects it. Refused: what is negative or beyond what can be added up.
Result<Cost> cost_of_run(const Reported& reported, const Source& source, text::Instant ended, const std::optional<Cost>& before,
                         const events::workspace::Fields& workspace, const Facts& facts);

}  // namespace daybook::domain::execution
