#include "command-service/domain/workflow/workflow.hpp"

#include "command-service/domain/workflow/definition.hpp"
#include "command-service/domain/workspace/quota.hpp"

namespace daybook::domain {
namespace workflow {
namespace {

using events::workflow::Defined;
using events::workflow::Revised;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, container_of(state), "workflow", context, facts);
}

// What was installed names the agents of where it comes from: they are asked about when somebody writes the definition anew.
void check_written(const Definition& definition, bool is_installed, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  for (const auto& agent : check_definition(definition, "/definition", refusals))
    if (!is_installed && !facts.usable(events::StreamType::agent, events::stream_of(agent.id), workspace_of(context).id))
      refusals.add(agent.pointer, "unknown-reference", "There is no such agent in this workspace.");
}

Defined defined_by(const Define& command) {
  auto defined = told<Defined>(command);
  defined.source = command.source;
  return defined;
}

}  // namespace

Decision<Event> decide(const State& state, const Define& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  check_written(command.definition, command.source.has_value(), context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_over_quota(context, Limited::workflows, facts)) return *refused;
  return std::vector<Event>{defined_by(command)};
}

bool repeats(const Defined& first, const Define& again, const CommandContext&, const Facts&) { return defined_by(again) == first; }

Decision<Event> decide(const State& state, const Revise& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  const auto before = events::fields_as<Revised>(state);
  auto revised = before;
  FieldRefusals refusals;
  put_all(command, revised, refusals);
  if (command.definition.sent && command.definition.value) check_written(revised.definition, false, context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  if (revised == before) return std::vector<Event>{};
  revised.changelog = plain(command.changelog);
  return std::vector<Event>{std::move(revised)};
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::workflow::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "workflow", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  if (auto refused = refuse_over_quota(context, Limited::workflows, facts)) return *refused;
  return std::vector<Event>{events::workflow::Restored{}};
}

}  // namespace workflow

namespace {

void count_workflow(const events::Envelope& event, std::int64_t more, Effects& effects) {
  effects.count(scope::quota_workflows, events::stream_of(event.workspace_id.value()), more);
}

}  // namespace

void effects(const workflow::State&, const events::workflow::Defined&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  count_workflow(event, 1, effects);
}
void effects(const workflow::State&, const events::workflow::Deleted&, const events::Envelope& event, Effects& effects) {
  effects.died();
  count_workflow(event, -1, effects);
}
void effects(const workflow::State&, const events::workflow::Restored&, const events::Envelope& event, Effects& effects) {
  effects.revived();
  count_workflow(event, 1, effects);
}

template const AggregateOps& aggregate_ops<Workflow>();

}  // namespace daybook::domain
