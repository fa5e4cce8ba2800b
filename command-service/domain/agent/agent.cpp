#include "command-service/domain/agent/agent.hpp"

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/workspace/quota.hpp"

namespace daybook::domain {
namespace agent {
namespace {

using events::agent::Fields;

template <class Fields>
void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_range(fields.max_concurrent_tasks, 1, concurrent_tasks_max, "/max_concurrent_tasks", refusals);
  check_object(fields.runtime_config, "/runtime_config", refusals);
  check_object(fields.config, "/config", refusals);
}

std::vector<Event> difference(const Fields& before, const Fields& after) {
  using namespace events::agent;
  std::vector<Event> changes;
  add_changes<Reconfigured, StatusChanged, OwnerChanged>(before, after, changes);
  return changes;
}

void add_token(events::AgentTokenId id, const std::string& digest, std::vector<Event>& events) {
  events.push_back(events::agent::TokenIssued{id, digest});
}

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

}  // namespace

Decision<Event> decide(const State& state, const Register& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  auto registered = told<events::agent::Registered>(command);
  registered.owner_id = chosen_owner(command.owner_id, context, refusals);
  registered.source = command.source;
  check_fields(registered, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_over_quota(context, Limited::agents, facts)) return *refused;
  std::vector<Event> events{registered};
  if (!command.drawn_digest.empty()) add_token(command.token_id, command.drawn_digest, events);
  return events;
}

bool repeats(const events::agent::Registered& first, const Register& again, const CommandContext& context,
             const Facts&) {
  auto registered = told<events::agent::Registered>(again);
  registered.owner_id = again.owner_id.sent ? again.owner_id.value : context.user;
  registered.source = again.source;
  return registered == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "agent", context, facts)) return *refused;
  FieldRefusals refusals;
  Fields after = state;
  put_all<&Change::owner_id>(command, after, refusals);
  if (command.owner_id.sent && command.owner_id.value != state.owner_id)
    after.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_fields(after, refusals);
  if (refusals.any()) return refusals.rejection();
  return difference(state, after);
}

Decision<Event> decide(const State& state, const Retire&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "agent", context, facts)) return *refused;
  return std::vector<Event>{events::agent::Retired{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "agent", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  if (auto refused = refuse_over_quota(context, Limited::agents, facts)) return *refused;
  return std::vector<Event>{events::agent::Restored{}};
}

Decision<Event> decide(const State& state, const ReplaceToken& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "agent", context, facts)) return *refused;
  if (command.drawn_digest.empty())
    return invalid("", "told-alone", "A token is told once, in the reply to a request of its own: POST it to the agent's token.");
  std::vector<Event> events;
  add_token(command.token_id, command.drawn_digest, events);
  return events;
}

Decision<Event> decide(const State& state, const RevokeToken&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "agent", context, facts)) return *refused;
  if (!state.token_id) return std::vector<Event>{};
  return std::vector<Event>{events::agent::TokenRevoked{*state.token_id}};
}

std::optional<Rejection> refuse_use(const State& state, events::AgentTokenId token) {
  if (state.version.value > 0 && !state.deleted_at && state.token_id == token) return std::nullopt;
  return Rejection{Rejection::Kind::unauthenticated, "key-ended", "This token was replaced or revoked, or its agent is retired.", {}, std::nullopt};
}

}  // namespace agent

namespace {

void release_token(const agent::State& before, Effects& effects) {
  if (before.token_id) effects.release(scope::agent_token, before.token_digest);
}

}  // namespace

void effects(const agent::State&, const events::agent::Registered&, const events::Envelope& event,
             Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  effects.count(scope::quota_agents, events::stream_of(event.workspace_id.value()), +1);
}
void effects(const agent::State& before, const events::agent::Retired&, const events::Envelope&, Effects& effects) {
  effects.died();
  release_token(before, effects);
  effects.count(scope::quota_agents, events::stream_of(before.workspace_id), -1);
}
void effects(const agent::State& before, const events::agent::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
  effects.count(scope::quota_agents, events::stream_of(before.workspace_id), +1);
}

void effects(const agent::State& before, const events::agent::TokenIssued& e, const events::Envelope&, Effects& effects) {
  release_token(before, effects);
  effects.claim(scope::agent_token, e.token_digest, "");
}
void effects(const agent::State& before, const events::agent::TokenRevoked&, const events::Envelope&, Effects& effects) {
  release_token(before, effects);
}

template const AggregateOps& aggregate_ops<Agent>();

}  // namespace daybook::domain
