#include "command-service/domain/agent/agent.hpp"

#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {
namespace agent {
namespace {

using events::agent::Fields;

void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_range(fields.max_concurrent_tasks, 1, concurrent_tasks_max, "/max_concurrent_tasks", refusals);
  check_object(fields.runtime_config, "/runtime_config", refusals);
  check_object(fields.config, "/config", refusals);
}

events::agent::Reconfigured configuration(const Fields& f) {
  return {f.name,         f.description,    f.instructions,         f.model,
          f.runtime_mode, f.runtime_config, f.max_concurrent_tasks, f.config};
}

std::vector<Event> difference(const Fields& before, const Fields& after) {
  std::vector<Event> events;
  if (!(configuration(before) == configuration(after))) events.push_back(configuration(after));
  if (before.status != after.status) events.push_back(events::agent::StatusChanged{after.status});
  if (before.owner_id != after.owner_id) events.push_back(events::agent::OwnerChanged{after.owner_id});
  return events;
}

// What the command itself tells of the new agent: all but its owner.
events::agent::Registered told(const Register& command) {
  events::agent::Registered registered{};
  registered.name = command.name.text;
  registered.description = plain(command.description);
  registered.instructions = plain(command.instructions);
  registered.model = plain(command.model);
  registered.runtime_mode = command.runtime_mode.value_or(RuntimeMode::local);
  registered.runtime_config = command.runtime_config;
  registered.max_concurrent_tasks = command.max_concurrent_tasks.value_or(1);
  registered.config = command.config;
  registered.status = command.status.value_or(Status::idle);
  return registered;
}

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

}  // namespace

Decision<Event> decide(const State& state, const Register& command, const CommandContext& context,
                       const Facts&) {
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  auto registered = told(command);
  registered.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_range(registered.max_concurrent_tasks, 1, concurrent_tasks_max, "/max_concurrent_tasks", refusals);
  check_object(registered.runtime_config, "/runtime_config", refusals);
  check_object(registered.config, "/config", refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{registered};
}

bool repeats(const events::agent::Registered& first, const Register& again, const CommandContext& context,
             const Facts&) {
  auto registered = told(again);
  registered.owner_id = again.owner_id.sent ? again.owner_id.value : context.user;
  return registered == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "agent", context, facts)) return *refused;
  FieldRefusals refusals;
  Fields after = state;
  put(command.name, after.name, "/name", refusals);
  put(command.description, after.description);
  put(command.instructions, after.instructions);
  put(command.model, after.model);
  put(command.runtime_mode, after.runtime_mode, "/runtime_mode", refusals);
  put(command.runtime_config, after.runtime_config);
  put(command.max_concurrent_tasks, after.max_concurrent_tasks, "/max_concurrent_tasks", refusals);
  put(command.config, after.config);
  put(command.status, after.status, "/status", refusals);
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
  return std::vector<Event>{events::agent::Restored{}};
}

}  // namespace agent

void effects(const agent::State&, const events::agent::Registered&, const events::Envelope& event,
             Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
}
void effects(const agent::State&, const events::agent::Reconfigured&, const events::Envelope&, Effects&) {}
void effects(const agent::State&, const events::agent::StatusChanged&, const events::Envelope&, Effects&) {}
void effects(const agent::State&, const events::agent::OwnerChanged&, const events::Envelope&, Effects&) {}
void effects(const agent::State&, const events::agent::Retired&, const events::Envelope&, Effects& effects) {
  effects.died();
}
void effects(const agent::State&, const events::agent::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
}

}  // namespace daybook::domain
