#pragma once
// An agent, to whom issues can be assigned. Members register, change and retire agents, and give them the token by which they act.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/agent/state.hpp"

namespace daybook::domain {

struct Agent {
  using State = events::agent::State;
  using Event = events::agent::Event;
  static constexpr auto stream_type = events::StreamType::agent;
};

namespace scope {
inline constexpr std::string_view agent_token = "agent-token";  // by digest, while the token is good
}  // namespace scope

namespace agent {

using events::agent::Event;
using events::agent::RuntimeMode;
using events::agent::State;
using events::agent::Status;

inline constexpr std::int64_t concurrent_tasks_max = 1000;  // of one agent

struct Register {
  static constexpr std::string_view verb = "agent.register";
  static constexpr Permission permission = Permission::agents_write;
  using Birth = events::agent::Registered;
  std::optional<events::AgentId> id;
  Name name{};
  std::optional<Description> description;
  std::optional<Prompt> instructions;
  std::optional<Model> model;
  std::optional<RuntimeMode> runtime_mode;
  std::optional<events::Json> runtime_config;
  std::optional<std::int64_t> max_concurrent_tasks;
  std::optional<events::Json> config;
  std::optional<Status> status;
  events::Patch<events::UserId> owner_id;  // not sent: who registers it; null: nobody
  std::optional<events::blueprint::Source> source;  // of what is installed; no body says it
  // Not of the body; empty where its reply can tell no token:
  static constexpr int events_after_birth = 1;
  events::AgentTokenId token_id{};
  std::string drawn_digest;
};
BOOST_DESCRIBE_STRUCT(Register, (),
                      (id, name, description, instructions, model, runtime_mode, runtime_config,
                       max_concurrent_tasks, config, status, owner_id))

struct Change {
  static constexpr std::string_view verb = "agent.change";
  static constexpr Permission permission = Permission::agents_write;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Prompt> instructions;
  events::Patch<Model> model;
  events::Patch<RuntimeMode> runtime_mode;
  events::Patch<events::Json> runtime_config;
  events::Patch<std::int64_t> max_concurrent_tasks;
  events::Patch<events::Json> config;
  events::Patch<Status> status;
  events::Patch<events::UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (name, description, instructions, model, runtime_mode, runtime_config,
                       max_concurrent_tasks, config, status, owner_id))

struct Retire {
  static constexpr std::string_view verb = "agent.retire";
  static constexpr Permission permission = Permission::agents_write;
};
BOOST_DESCRIBE_STRUCT(Retire, (), ())

struct Restore {
  static constexpr std::string_view verb = "agent.restore";
  static constexpr Permission permission = Permission::agents_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

// With a new one, told once; the one before is of no use from then on.
struct ReplaceToken {
  static constexpr std::string_view verb = "agent.replace_token";
  static constexpr Permission permission = Permission::agents_write;
  // Not of the body:
  events::AgentTokenId token_id{};
  std::string drawn_digest;
};
BOOST_DESCRIBE_STRUCT(ReplaceToken, (), ())

// Without another: the agent does not act until it gets one.
struct RevokeToken {
  static constexpr std::string_view verb = "agent.revoke_token";
  static constexpr Permission permission = Permission::agents_write;
};
BOOST_DESCRIBE_STRUCT(RevokeToken, (), ())

Decision<Event> decide(const State&, const Register&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Retire&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReplaceToken&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RevokeToken&, const CommandContext&, const Facts&);

bool repeats(const events::agent::Registered& first, const Register& again, const CommandContext&, const Facts&);

// Of a token that is shown: it was replaced or revoked, or its agent is retired.
std::optional<Rejection> refuse_use(const State& state, events::AgentTokenId token);

}  // namespace agent

void effects(const agent::State&, const events::agent::Registered&, const events::Envelope&, Effects&);
void effects(const agent::State&, const events::agent::Retired&, const events::Envelope&, Effects&);
void effects(const agent::State&, const events::agent::Restored&, const events::Envelope&, Effects&);
void effects(const agent::State&, const events::agent::TokenIssued&, const events::Envelope&, Effects&);
void effects(const agent::State&, const events::agent::TokenRevoked&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::agent::Reconfigured, events::agent::StatusChanged, events::agent::OwnerChanged,
                 events::agent::BroughtForward> E>
void effects(const agent::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Agent>();

}  // namespace daybook::domain
