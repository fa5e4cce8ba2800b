#include "tests/support/decider_spec.hpp"

namespace daybook::testing {

World::World() {
  facts.folded_streams = [this](const domain::AggregateOps& aggregate, events::StreamId id) { return state_of(aggregate, id); };
}

const void* World::state_of(const domain::AggregateOps& aggregate, events::StreamId id) {
  auto& place = states_[id];
  if (!place) place = aggregate.make();
  return place.get();
}

std::optional<domain::Rejection> World::happen(const domain::AggregateOps& aggregate, events::StreamId id,
                                               std::optional<events::WorkspaceId> workspace, const void* event,
                                               const domain::CommandContext& context) {
  state_of(aggregate, id);
  auto& state = states_[id];
  events::Envelope envelope{};
  envelope.position = position_ = position_.next();
  envelope.stream_id = id;
  envelope.stream_type = aggregate.stream_type;
  envelope.stream_version = aggregate.stamp(state.get()).version.next();
  envelope.workspace_id = workspace;
  envelope.actor_type = context.actor_type;
  envelope.actor_id = context.actor_id;
  envelope.recorded_at = context.now;
  envelope.occurred_at = context.occurred_at.value_or(context.now);
  auto state_before = aggregate.copy(state.get());
  const auto facts_before = facts;
  MemoryEffects effects(facts, envelope);
  aggregate.apply_decided(state.get(), event, envelope, &effects);
  if (effects.refusal) {
    state = std::move(state_before);
    facts = facts_before;
  }
  return effects.refusal;
}

std::string text_of(const events::EncodedEvent& event) {
  auto text = std::string(event.type) + " " + event.data;
  for (const auto& field : event.personal) text += " " + field.path + "=" + field.text;
  return text;
}

}  // namespace daybook::testing
