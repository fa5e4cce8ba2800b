#pragma once
// What happens to an agent. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/blueprint/source.hpp"
#include "events/core/event_type.hpp"

namespace daybook::events::agent {

BOOST_DEFINE_ENUM_CLASS(Status, idle, active, working, busy, blocked, error, offline)
BOOST_DEFINE_ENUM_CLASS(RuntimeMode, local, cloud)

struct Registered {
  static constexpr std::string_view type = "agent.registered";
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
  std::optional<blueprint::Source> source;   // of one that was installed
  bool operator==(const Registered&) const = default;
};
BOOST_DESCRIBE_STRUCT(Registered, (), (name, description, instructions, model, runtime_mode, runtime_config,
                                       max_concurrent_tasks, config, status, owner_id, source))

struct Reconfigured {
  static constexpr std::string_view type = "agent.reconfigured";
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> instructions;
  std::optional<std::string> model;
  RuntimeMode runtime_mode = RuntimeMode::local;
  std::optional<Json> runtime_config;
  std::int64_t max_concurrent_tasks = 1;
  std::optional<Json> config;
  bool operator==(const Reconfigured&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reconfigured, (), (name, description, instructions, model, runtime_mode, runtime_config,
                                         max_concurrent_tasks, config))

struct StatusChanged {
  static constexpr std::string_view type = "agent.status_changed";
  Status status = Status::idle;
  bool operator==(const StatusChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(StatusChanged, (), (status))

struct OwnerChanged {
  static constexpr std::string_view type = "agent.owner_changed";
  std::optional<UserId> owner_id;
  bool operator==(const OwnerChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(OwnerChanged, (), (owner_id))

struct Retired {
  static constexpr std::string_view type = "agent.retired";
  bool operator==(const Retired&) const = default;
};
BOOST_DESCRIBE_STRUCT(Retired, (), ())

struct Restored {
  static constexpr std::string_view type = "agent.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Whoever shows a token with this digest acts as the agent, from here on alone: the one before is of no use any more.
struct TokenIssued {
  static constexpr std::string_view type = "agent.token_issued";
  AgentTokenId token_id{};
  std::string token_digest;                     // SHA-256 of its text, in hexadecimal digits
  bool operator==(const TokenIssued&) const = default;
};
BOOST_DESCRIBE_STRUCT(TokenIssued, (), (token_id, token_digest))

struct TokenRevoked {
  static constexpr std::string_view type = "agent.token_revoked";
  AgentTokenId token_id{};
  bool operator==(const TokenRevoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(TokenRevoked, (), (token_id))

// Said by an import, of how the agent stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "agent.brought_forward";
  std::optional<Status> status;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (status))

using Event = std::variant<Registered, Reconfigured, StatusChanged, OwnerChanged, Retired, Restored, TokenIssued, TokenRevoked,
                           BroughtForward>;

}  // namespace daybook::events::agent
