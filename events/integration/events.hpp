#pragma once
// What happens to an integration. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse. Credentials are a JSON object, sealed under a key of the integration's own; their names are not secret.
#include "events/core/event_type.hpp"

namespace daybook::events::integration {

struct Connected {
  static constexpr std::string_view type = "integration.connected";
  std::string integration_type;  // slack, github, …
  Json settings{"{}"};
  bool is_enabled = true;
  std::vector<std::string> credential_names;
  Personal credentials;
  bool operator==(const Connected&) const = default;
};
BOOST_DESCRIBE_STRUCT(Connected, (), (integration_type, settings, is_enabled, credential_names, credentials))

struct Reconfigured {
  static constexpr std::string_view type = "integration.reconfigured";
  Json settings{"{}"};
  bool operator==(const Reconfigured&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reconfigured, (), (settings))

// All of them, not only those that are new.
struct CredentialsReplaced {
  static constexpr std::string_view type = "integration.credentials_replaced";
  std::vector<std::string> credential_names;
  Personal credentials;
  bool operator==(const CredentialsReplaced&) const = default;
};
BOOST_DESCRIBE_STRUCT(CredentialsReplaced, (), (credential_names, credentials))

struct Enabled {
  static constexpr std::string_view type = "integration.enabled";
  bool operator==(const Enabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), ())

struct Disabled {
  static constexpr std::string_view type = "integration.disabled";
  bool operator==(const Disabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Disabled, (), ())

// Both sides were brought to the same state, by whoever connects them.
struct Synced {
  static constexpr std::string_view type = "integration.synced";
  text::Instant last_sync_at{};
  bool operator==(const Synced&) const = default;
};
BOOST_DESCRIBE_STRUCT(Synced, (), (last_sync_at))

struct Removed {
  static constexpr std::string_view type = "integration.removed";
  bool operator==(const Removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Removed, (), ())

struct Restored {
  static constexpr std::string_view type = "integration.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the integration stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "integration.brought_forward";
  std::optional<text::Instant> last_sync_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (last_sync_at))

using Event = std::variant<Connected, Reconfigured, CredentialsReplaced, Enabled, Disabled, Synced, Removed, Restored,
                           BroughtForward>;

}  // namespace daybook::events::integration
