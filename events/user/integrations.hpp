#pragma once
// What happens to the integrations of a person's own. Each says which one, and otherwise what the event of a workspace's integration
// says that it is named after (`Happened`). Names and shapes are storage format, as those are. Credentials are sealed under the
// user's own key.
#include "events/integration/events.hpp"

namespace daybook::events::user {

struct IntegrationConnected {
  static constexpr std::string_view type = "user.integration_connected";
  using Happened = integration::Connected;
  IntegrationId integration_id{};
  std::string integration_type;
  Json settings{"{}"};
  bool is_enabled = true;
  std::vector<std::string> credential_names;
  Personal credentials;
  bool operator==(const IntegrationConnected&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationConnected, (), (integration_id, integration_type, settings, is_enabled, credential_names, credentials))

struct IntegrationReconfigured {
  static constexpr std::string_view type = "user.integration_reconfigured";
  using Happened = integration::Reconfigured;
  IntegrationId integration_id{};
  Json settings{"{}"};
  bool operator==(const IntegrationReconfigured&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationReconfigured, (), (integration_id, settings))

struct IntegrationCredentialsReplaced {
  static constexpr std::string_view type = "user.integration_credentials_replaced";
  using Happened = integration::CredentialsReplaced;
  IntegrationId integration_id{};
  std::vector<std::string> credential_names;
  Personal credentials;
  bool operator==(const IntegrationCredentialsReplaced&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationCredentialsReplaced, (), (integration_id, credential_names, credentials))

struct IntegrationEnabled {
  static constexpr std::string_view type = "user.integration_enabled";
  using Happened = integration::Enabled;
  IntegrationId integration_id{};
  bool operator==(const IntegrationEnabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationEnabled, (), (integration_id))

struct IntegrationDisabled {
  static constexpr std::string_view type = "user.integration_disabled";
  using Happened = integration::Disabled;
  IntegrationId integration_id{};
  bool operator==(const IntegrationDisabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationDisabled, (), (integration_id))

struct IntegrationSynced {
  static constexpr std::string_view type = "user.integration_synced";
  using Happened = integration::Synced;
  IntegrationId integration_id{};
  text::Instant last_sync_at{};
  bool operator==(const IntegrationSynced&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationSynced, (), (integration_id, last_sync_at))

struct IntegrationRemoved {
  static constexpr std::string_view type = "user.integration_removed";
  using Happened = integration::Removed;
  IntegrationId integration_id{};
  bool operator==(const IntegrationRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationRemoved, (), (integration_id))

struct IntegrationRestored {
  static constexpr std::string_view type = "user.integration_restored";
  using Happened = integration::Restored;
  IntegrationId integration_id{};
  bool operator==(const IntegrationRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationRestored, (), (integration_id))

struct IntegrationBroughtForward {
  static constexpr std::string_view type = "user.integration_brought_forward";
  using Happened = integration::BroughtForward;
  IntegrationId integration_id{};
  std::optional<text::Instant> last_sync_at;
  bool operator==(const IntegrationBroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(IntegrationBroughtForward, (), (integration_id, last_sync_at))

}  // namespace daybook::events::user
