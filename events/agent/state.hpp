#pragma once
// An agent after its events. Folded alike by decide and by the read models.
#include "events/agent/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::agent {

struct Fields : Stamp {
  AgentId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> instructions;
  std::optional<std::string> model;
  RuntimeMode runtime_mode = RuntimeMode::local;
  std::optional<Json> runtime_config;
  std::int64_t max_concurrent_tasks = 1;
  std::optional<Json> config;
  Status status = Status::idle;
  std::optional<UserId> owner_id;
  std::optional<blueprint::Source> source;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;      // retired
  std::optional<AgentTokenId> token_id;         // with which it may act; none: it cannot
  std::optional<text::Instant> token_issued_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, name, description, instructions, model, runtime_mode,
                                        runtime_config, max_concurrent_tasks, config, status, owner_id, source, created_by_type,
                                        created_by_id, deleted_at, token_id, token_issued_at))

struct State : Fields {
  std::string token_digest;                     // of that token
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (token_digest))

void evolve(State&, const Registered&, const Envelope&);
void evolve(State&, const Reconfigured&, const Envelope&);
void evolve(State&, const StatusChanged&, const Envelope&);
void evolve(State&, const OwnerChanged&, const Envelope&);
void evolve(State&, const Retired&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const TokenIssued&, const Envelope&);
void evolve(State&, const TokenRevoked&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::agent
