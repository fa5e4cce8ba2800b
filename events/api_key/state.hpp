#pragma once
// An API key after its events. Folded alike by decide (its digest opened) and by the read models (sealed).
#include "events/api_key/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::api_key {

// What is shown of it.
struct Fields : Stamp {
  ApiKeyId id{};
  WorkspaceId workspace_id{};
  UserId user_id{};
  std::string name;
  std::vector<std::string> permissions;
  std::optional<text::Instant> expires_at;
  bool is_active = true;                       // as far as was noticed: one that expires ends by itself at expires_at
  std::optional<text::Instant> last_used_at;
  std::optional<text::Instant> revoked_at;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, user_id, name, permissions, expires_at, is_active, last_used_at, revoked_at,
                                        created_by_type, created_by_id))

struct State : Fields {
  Personal key_hash;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (key_hash))

void evolve(State&, const Issued&, const Envelope&);
void evolve(State&, const Renamed&, const Envelope&);
void evolve(State&, const Used&, const Envelope&);
void evolve(State&, const Revoked&, const Envelope&);
void evolve(State&, const Expired&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::api_key
