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

void expect_accepted(const std::optional<domain::Rejection>& rejection, const std::vector<std::string>& events, const std::vector<std::string>& expected) {
  EXPECT_FALSE(rejection) << rejection->code << ": " << rejection->detail;
  EXPECT_EQ(events, expected);
}

void expect_rejected(const std::optional<domain::Rejection>& rejection, std::string_view code, std::string_view pointer) {
  if (!rejection) {
    ADD_FAILURE() << "expected " << code << ", but it was accepted";
    return;
  }
  EXPECT_EQ(rejection->code, code) << rejection->detail;
  if (!rejection->errors.empty())
    EXPECT_EQ(rejection->errors.front().pointer, pointer);
  else
    EXPECT_EQ(pointer, "") << "no field was named";
}

}  // namespace daybook::testing
