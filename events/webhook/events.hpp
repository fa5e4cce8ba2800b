#pragma once
// What happens to a webhook. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse. The secret is sealed under a key of the webhook's own.
#include <map>

#include "events/core/event_type.hpp"

namespace daybook::events::webhook {

using Headers = std::map<std::string, std::string>;

struct Registered {
  static constexpr std::string_view type = "webhook.registered";
  std::string name;
  std::optional<ProjectId> project_id;  // none: for the whole workspace
  std::string url;
  std::vector<std::string> events;      // which are told of
  std::optional<Headers> headers;       // sent along with each
  bool is_enabled = true;
  Personal secret;
  bool operator==(const Registered&) const = default;
};
BOOST_DESCRIBE_STRUCT(Registered, (), (name, project_id, url, events, headers, is_enabled, secret))

struct Changed {
  static constexpr std::string_view type = "webhook.changed";
  std::string name;
  std::optional<ProjectId> project_id;
  std::string url;
  std::vector<std::string> events;
  std::optional<Headers> headers;
  bool operator==(const Changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (name, project_id, url, events, headers))

struct SecretRotated {
  static constexpr std::string_view type = "webhook.secret_rotated";
  Personal secret;
  bool operator==(const SecretRotated&) const = default;
};
BOOST_DESCRIBE_STRUCT(SecretRotated, (), (secret))

struct Enabled {
  static constexpr std::string_view type = "webhook.enabled";
  bool operator==(const Enabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), ())

struct Disabled {
  static constexpr std::string_view type = "webhook.disabled";
  bool operator==(const Disabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Disabled, (), ())

struct Deleted {
  static constexpr std::string_view type = "webhook.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "webhook.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// The other side took what was sent.
struct DeliverySucceeded {
  static constexpr std::string_view type = "webhook.delivery_succeeded";
  std::optional<EventId> cause_id;        // what it was told of
  std::optional<std::int64_t> status;     // its answer's
  bool operator==(const DeliverySucceeded&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeliverySucceeded, (), (cause_id, status))

// It did not, however often it was tried.
struct DeliveryFailed {
  static constexpr std::string_view type = "webhook.delivery_failed";
  std::optional<EventId> cause_id;
  std::optional<std::int64_t> status;     // of its last answer; none where there was none
  std::string error;
  bool operator==(const DeliveryFailed&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeliveryFailed, (), (cause_id, status, error))

// Said by an import, of how the webhook stood in the system that it comes from: figures to which those of here are added.
struct BroughtForward {
  static constexpr std::string_view type = "webhook.brought_forward";
  std::optional<text::Instant> last_triggered_at;
  std::optional<std::int64_t> failure_count;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (last_triggered_at, failure_count))

using Event = std::variant<Registered, Changed, SecretRotated, Enabled, Disabled, Deleted, Restored, DeliverySucceeded, DeliveryFailed,
                           BroughtForward>;

}  // namespace daybook::events::webhook
