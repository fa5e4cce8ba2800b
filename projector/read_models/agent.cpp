#include "projector/read_models/agent.hpp"

#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_agent(const events::Envelope& e, StateStore& store) {
  const auto [before, after] = fold_row<events::agent::State, AgentRow>(read_event<events::agent::Event>(e), e, store);
  const auto words = [](const AgentRow& agent) { return words_together({agent.description, agent.instructions}); };
  const bool same = before.version.value > 0 && before.name == after.name && words(before) == words(after) && before.deleted_at == after.deleted_at;
  if (!same) put_search(e, {.deleted_at = after.deleted_at}, after.name, words(after), store);
  note_activity(e, {"agent", after.id.value, {}, {}, differences<events::agent::Fields>(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<AgentRow>() {
  static const auto t = table<AgentRow>(10, "agents", {{"by_workspace", {"workspace_id"}}},
                                        {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                         "created_by_id", "((id::text))"});
  return t;
}

ReadModel agents() { return {{&table_of<AgentRow>()}, events::StreamType::agent, apply_agent}; }

}  // namespace daybook::projector
