#pragma once
// What happens to the configs of AI providers of a person's own. Each says which one, and otherwise what the event of a workspace's
// config says that it is named after (`Happened`). Names and shapes are storage format, as those are. API keys are sealed under the
// user's own key.
#include "events/ai_provider/events.hpp"

namespace daybook::events::user {

struct AiProviderAdded {
  static constexpr std::string_view type = "user.ai_provider_added";
  using Happened = ai_provider::Added;
  AiProviderId ai_provider_id{};
  std::string provider;
  std::optional<std::string> endpoint;
  Json settings{"{}"};
  bool is_enabled = true;
  std::optional<Decimal> monthly_budget;
  std::string currency = "USD";
  bool has_api_key = false;
  Personal api_key;
  bool operator==(const AiProviderAdded&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderAdded, (), (ai_provider_id, provider, endpoint, settings, is_enabled, monthly_budget, currency, has_api_key, api_key))

struct AiProviderReconfigured {
  static constexpr std::string_view type = "user.ai_provider_reconfigured";
  using Happened = ai_provider::Reconfigured;
  AiProviderId ai_provider_id{};
  std::optional<std::string> endpoint;
  Json settings{"{}"};
  bool operator==(const AiProviderReconfigured&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderReconfigured, (), (ai_provider_id, endpoint, settings))

struct AiProviderBudgetSet {
  static constexpr std::string_view type = "user.ai_provider_budget_set";
  using Happened = ai_provider::BudgetSet;
  AiProviderId ai_provider_id{};
  std::optional<Decimal> monthly_budget;
  bool operator==(const AiProviderBudgetSet&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderBudgetSet, (), (ai_provider_id, monthly_budget))

struct AiProviderCredentialsReplaced {
  static constexpr std::string_view type = "user.ai_provider_credentials_replaced";
  using Happened = ai_provider::CredentialsReplaced;
  AiProviderId ai_provider_id{};
  bool has_api_key = true;
  Personal api_key;
  bool operator==(const AiProviderCredentialsReplaced&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderCredentialsReplaced, (), (ai_provider_id, has_api_key, api_key))

struct AiProviderPricesSet {
  static constexpr std::string_view type = "user.ai_provider_prices_set";
  using Happened = ai_provider::PricesSet;
  AiProviderId ai_provider_id{};
  std::vector<ai_provider::ModelPrice> prices;
  bool operator==(const AiProviderPricesSet&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderPricesSet, (), (ai_provider_id, prices))

struct AiProviderTested {
  static constexpr std::string_view type = "user.ai_provider_tested";
  using Happened = ai_provider::Tested;
  AiProviderId ai_provider_id{};
  bool succeeded = false;
  std::optional<std::string> last_error;
  bool operator==(const AiProviderTested&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderTested, (), (ai_provider_id, succeeded, last_error))

struct AiProviderEnabled {
  static constexpr std::string_view type = "user.ai_provider_enabled";
  using Happened = ai_provider::Enabled;
  AiProviderId ai_provider_id{};
  bool operator==(const AiProviderEnabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderEnabled, (), (ai_provider_id))

struct AiProviderDisabled {
  static constexpr std::string_view type = "user.ai_provider_disabled";
  using Happened = ai_provider::Disabled;
  AiProviderId ai_provider_id{};
  bool operator==(const AiProviderDisabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderDisabled, (), (ai_provider_id))

struct AiProviderRemoved {
  static constexpr std::string_view type = "user.ai_provider_removed";
  using Happened = ai_provider::Removed;
  AiProviderId ai_provider_id{};
  bool operator==(const AiProviderRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderRemoved, (), (ai_provider_id))

struct AiProviderRestored {
  static constexpr std::string_view type = "user.ai_provider_restored";
  using Happened = ai_provider::Restored;
  AiProviderId ai_provider_id{};
  bool operator==(const AiProviderRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderRestored, (), (ai_provider_id))

struct AiProviderBroughtForward {
  static constexpr std::string_view type = "user.ai_provider_brought_forward";
  using Happened = ai_provider::BroughtForward;
  AiProviderId ai_provider_id{};
  std::optional<Decimal> current_spend;  // no workspace spent it, so nobody adds it up
  std::optional<text::Instant> last_tested_at;
  std::optional<std::string> last_error;
  bool operator==(const AiProviderBroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(AiProviderBroughtForward, (), (ai_provider_id, current_spend, last_tested_at, last_error))

}  // namespace daybook::events::user
