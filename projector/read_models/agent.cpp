#include "projector/read_models/agent.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<AgentRow>() {
  static const auto t = table<AgentRow>(10, "agents", {{"by_workspace", {"workspace_id"}}},
                                        {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}

ReadModel agents() {
  return {{&table_of<AgentRow>()}, events::StreamType::agent, apply_plain<events::agent::Event, events::agent::State, AgentRow>};
}

}  // namespace daybook::projector
