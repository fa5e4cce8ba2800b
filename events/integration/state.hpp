#pragma once
// An integration after its events, be it a workspace's with a stream of its own or a part of a person's stream. Folded alike by
// decide (credentials opened) and by the read models (credentials sealed).
#include "events/core/stamp.hpp"
#include "events/integration/events.hpp"

namespace daybook::events::integration {

// What is shown of it.
struct Fields : Stamp {
  IntegrationId id{};
  std::optional<WorkspaceId> workspace_id;     // whose it is: a workspace's
  std::optional<UserId> user_id;               // or one person's own
  std::string type;                            // slack, github, …
  Json credentials{"{}"};                      // their names, each with the mark of what is sealed
  Json settings{"{}"};
  bool is_enabled = true;
  std::optional<text::Instant> last_sync_at;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;     // removed
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, user_id, type, credentials, settings, is_enabled, last_sync_at,
                                        created_by_type, created_by_id, deleted_at))

struct State : Fields {
  Personal sealed_credentials;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (sealed_credentials))

// What its first event says of it, whoever's it is.
void connect(State&, const Connected&);

void evolve(State&, const Connected&, const Envelope&);
void evolve(State&, const Reconfigured&, const Envelope&);
void evolve(State&, const CredentialsReplaced&, const Envelope&);
void evolve(State&, const Enabled&, const Envelope&);
void evolve(State&, const Disabled&, const Envelope&);
void evolve(State&, const Synced&, const Envelope&);
void evolve(State&, const Removed&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::integration
