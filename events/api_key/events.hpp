#pragma once
// What happens to an API key. Names and shapes are storage format: add optional members or a new event; never rename, retype or
// reuse. The Personal is sealed under the key's own stream.
#include "events/core/event_type.hpp"

namespace daybook::events::api_key {

// Whoever shows a text with this digest (SHA-256, hexadecimal digits) acts as the user, as far as the permissions go and the user's
// role does. None of this ever changes: other permissions are another key.
struct Issued {
  static constexpr std::string_view type = "api_key.issued";
  UserId user_id{};
  std::string name;
  std::vector<std::string> permissions;        // issues:write, agents:read, *
  Personal key_hash;
  std::optional<text::Instant> expires_at;
  bool operator==(const Issued&) const = default;
};
BOOST_DESCRIBE_STRUCT(Issued, (), (user_id, name, permissions, key_hash, expires_at))

struct Renamed {
  static constexpr std::string_view type = "api_key.renamed";
  std::string name;
  bool operator==(const Renamed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (name))

// At most once a minute, however often it is.
struct Used {
  static constexpr std::string_view type = "api_key.used";
  text::Instant last_used_at{};
  bool operator==(const Used&) const = default;
};
BOOST_DESCRIBE_STRUCT(Used, (), (last_used_at))

struct Revoked {
  static constexpr std::string_view type = "api_key.revoked";
  bool operator==(const Revoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), ())

// Its time was over before; this is when that was noticed.
struct Expired {
  static constexpr std::string_view type = "api_key.expired";
  bool operator==(const Expired&) const = default;
};
BOOST_DESCRIBE_STRUCT(Expired, (), ())

// Said by an import, of how the key stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "api_key.brought_forward";
  std::optional<text::Instant> last_used_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (last_used_at))

using Event = std::variant<Issued, Renamed, Used, Revoked, Expired, BroughtForward>;

}  // namespace daybook::events::api_key
