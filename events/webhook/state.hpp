#pragma once
// A webhook after its events. Folded alike by decide (the secret opened) and by the read models (the secret sealed).
#include "events/core/sealed.hpp"
#include "events/core/stamp.hpp"
#include "events/webhook/events.hpp"

namespace daybook::events::webhook {

// What is shown of it.
struct Fields : Stamp {
  WebhookId id{};
  WorkspaceId workspace_id{};
  std::optional<ProjectId> project_id;         // none: for the whole workspace
  std::string name;
  std::string url;
  std::vector<std::string> events;
  std::string secret{sealed_mark};             // the mark alone, but in the reply that tells a new one
  std::optional<Headers> headers;
  bool is_enabled = true;
  std::optional<text::Instant> last_triggered_at;
  std::int64_t delivery_count = 0;             // whether they failed or not
  std::int64_t failure_count = 0;              // of them
  std::optional<text::Instant> failing_since;  // the first that failed behind the last that did not
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, name, url, events, secret, headers, is_enabled,
                                        last_triggered_at, delivery_count, failure_count, failing_since, created_by_type,
                                        created_by_id, deleted_at))

struct State : Fields {
  Personal signing_secret;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (signing_secret))

void evolve(State&, const Registered&, const Envelope&);
void evolve(State&, const Changed&, const Envelope&);
void evolve(State&, const SecretRotated&, const Envelope&);
void evolve(State&, const Enabled&, const Envelope&);
void evolve(State&, const Disabled&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const DeliverySucceeded&, const Envelope&);
void evolve(State&, const DeliveryFailed&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::webhook
