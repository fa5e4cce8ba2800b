#include "events/agent/state.hpp"

namespace daybook::events::agent {
namespace {

// Registered and Reconfigured set the same fields.
template <class E>
void configure(State& s, const E& e) {
  s.name = e.name;
  s.description = e.description;
  s.instructions = e.instructions;
  s.model = e.model;
  s.runtime_mode = e.runtime_mode;
  s.runtime_config = e.runtime_config;
  s.max_concurrent_tasks = e.max_concurrent_tasks;
  s.config = e.config;
}

}  // namespace

void evolve(State& s, const Registered& e, const Envelope& event) {
  s.id = AgentId{event.stream_id.value};
  s.workspace_id = event.workspace_id.value();
  configure(s, e);
  s.status = e.status;
  s.owner_id = e.owner_id;
  s.created_by_type = event.actor_type;
  s.created_by_id = event.actor_id;
}
void evolve(State& s, const Reconfigured& e, const Envelope&) { configure(s, e); }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Retired&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

}  // namespace daybook::events::agent
