#pragma once
// What happens to the config of an AI provider. Names and shapes are storage format: add optional members or a new event; never
// rename, retype or reuse. The API key is sealed under a key of the config's own; whether there is one is not secret.
#include "events/ai_provider/prices.hpp"

namespace daybook::events::ai_provider {

struct Added {
  static constexpr std::string_view type = "ai_provider.added";
  std::string provider;  // openai, anthropic, …
  std::optional<std::string> endpoint;
  Json settings{"{}"};
  bool is_enabled = true;
  std::optional<Decimal> monthly_budget;
  std::string currency = "USD";
  bool has_api_key = false;
  Personal api_key;
  bool operator==(const Added&) const = default;
};
BOOST_DESCRIBE_STRUCT(Added, (), (provider, endpoint, settings, is_enabled, monthly_budget, currency, has_api_key, api_key))

struct Reconfigured {
  static constexpr std::string_view type = "ai_provider.reconfigured";
  std::optional<std::string> endpoint;
  Json settings{"{}"};
  bool operator==(const Reconfigured&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reconfigured, (), (endpoint, settings))

// What may be spent in a month, in the config's currency; none: whatever it comes to.
struct BudgetSet {
  static constexpr std::string_view type = "ai_provider.budget_set";
  std::optional<Decimal> monthly_budget;
  bool operator==(const BudgetSet&) const = default;
};
BOOST_DESCRIBE_STRUCT(BudgetSet, (), (monthly_budget))

struct CredentialsReplaced {
  static constexpr std::string_view type = "ai_provider.credentials_replaced";
  bool has_api_key = true;
  Personal api_key;
  bool operator==(const CredentialsReplaced&) const = default;
};
BOOST_DESCRIBE_STRUCT(CredentialsReplaced, (), (has_api_key, api_key))

// The whole table.
struct PricesSet {
  static constexpr std::string_view type = "ai_provider.prices_set";
  std::vector<ModelPrice> prices;
  bool operator==(const PricesSet&) const = default;
};
BOOST_DESCRIBE_STRUCT(PricesSet, (), (prices))

// Somebody has tried whether it works.
struct Tested {
  static constexpr std::string_view type = "ai_provider.tested";
  bool succeeded = false;
  std::optional<std::string> last_error;
  bool operator==(const Tested&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tested, (), (succeeded, last_error))

struct Enabled {
  static constexpr std::string_view type = "ai_provider.enabled";
  bool operator==(const Enabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), ())

struct Disabled {
  static constexpr std::string_view type = "ai_provider.disabled";
  bool operator==(const Disabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Disabled, (), ())

struct Removed {
  static constexpr std::string_view type = "ai_provider.removed";
  bool operator==(const Removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Removed, (), ())

struct Restored {
  static constexpr std::string_view type = "ai_provider.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the config stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "ai_provider.brought_forward";
  std::optional<Decimal> current_spend;  // in the config's currency, in the month in which this is recorded, beside what runs say
  std::optional<text::Instant> last_tested_at;
  std::optional<std::string> last_error;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (current_spend, last_tested_at, last_error))

using Event = std::variant<Added, Reconfigured, BudgetSet, CredentialsReplaced, PricesSet, Tested, Enabled, Disabled, Removed, Restored,
                           BroughtForward>;

}  // namespace daybook::events::ai_provider
