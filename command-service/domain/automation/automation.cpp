#include "command-service/domain/automation/automation.hpp"

#include "command-service/domain/automation/shapes.hpp"
#include "command-service/domain/core/placed.hpp"
#include "command-service/domain/core/switched.hpp"

namespace daybook::domain {
namespace automation {
namespace {

using events::automation::Changed;
using events::automation::Defined;
using events::automation::Disabled;
using events::automation::Enabled;

StreamId container_of(const State& state) { return container_in(state.project_id, state.workspace_id); }

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, container_of(state), "automation", context, facts);
}

// Of what is not sent, nothing is asked: what an action points at may be gone since.
void check_sent(const Change& command, const State& after, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  if (command.trigger.sent || command.condition.sent) check_when(after.trigger, after.condition, refusals);
  if (command.actions.sent) check_actions(after.actions, "/actions", context, facts, refusals);
}

}  // namespace

Decision<Event> decide(const State& state, const Define& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  auto defined = told<Defined, &Define::project_id>(command);
  defined.project_id = project_named(command.project_id, std::nullopt, context, facts, refusals);
  check_when(defined.trigger, defined.condition, refusals);
  check_actions(defined.actions, "/actions", context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(defined)};
}

bool repeats(const Defined& first, const Define& again, const CommandContext& context, const Facts& facts) {
  auto defined = told<Defined, &Define::project_id>(again);
  defined.project_id = first.project_id;
  return defined == first && names_project(again.project_id, first.project_id, context, facts);
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  FieldRefusals refusals;
  auto after = state;
  put_all<&Change::project_id>(command, after, refusals);
  if (command.project_id.sent) after.project_id = project_named(command.project_id.value, state.project_id, context, facts, refusals);
  check_sent(command, after, context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<Changed>(state, after, changes);
  for (auto& change : switched<Enabled, Disabled, Event>(state.is_enabled, after.is_enabled)) changes.push_back(std::move(change));
  return changes;
}

Decision<Event> decide(const State& state, const Enable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return switched<Enabled, Disabled, Event>(state.is_enabled, true);
}

Decision<Event> decide(const State& state, const Disable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return switched<Enabled, Disabled, Event>(state.is_enabled, false);
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::automation::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "automation", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::automation::Restored{}};
}

}  // namespace automation

void effects(const automation::State&, const events::automation::Defined& e, const events::Envelope& event, Effects& effects) {
  effects.born(container_in(e.project_id, event.workspace_id.value()));
  owned_by_maker(event, effects);
}
void effects(const automation::State& before, const events::automation::Changed& e, const events::Envelope&, Effects& effects) {
  if (e.project_id != before.project_id) effects.moved(container_in(e.project_id, before.workspace_id));
}
void effects(const automation::State&, const events::automation::Deleted&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const automation::State&, const events::automation::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Automation>();

}  // namespace daybook::domain
