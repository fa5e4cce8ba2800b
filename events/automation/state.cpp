#include "events/automation/state.hpp"

#include <algorithm>

#include "events/core/fields.hpp"

namespace daybook::events::automation {
namespace {

// Runs are told in any order, by whoever carried them out: the newest is the one that happened last.
bool is_newest(const State& s, const Envelope& event) { return !s.last_run_at || event.occurred_at >= *s.last_run_at; }

void count_run(State& s, const Envelope& event, std::optional<std::string> error) {
  ++s.run_count;
  if (error) ++s.failure_count;
  if (!is_newest(s, event)) return;
  s.last_run_at = event.occurred_at;
  s.last_error = std::move(error);
}

}  // namespace

void evolve(State& s, const Defined& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
}
void evolve(State& s, const Changed& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Enabled&, const Envelope&) { s.is_enabled = true; }
void evolve(State& s, const Disabled&, const Envelope&) { s.is_enabled = false; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const Ran&, const Envelope& event) { count_run(s, event, std::nullopt); }
void evolve(State& s, const RunFailed& e, const Envelope& event) { count_run(s, event, e.error); }
// What its runs there came to besides, nobody told.
void evolve(State& s, const BroughtForward& e, const Envelope&) {
  s.run_count += e.run_count.value_or(0);
  s.last_run_at = std::max(s.last_run_at, e.last_run_at);
}

}  // namespace daybook::events::automation
