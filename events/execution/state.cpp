#include "events/execution/state.hpp"

#include "events/core/fields.hpp"

namespace daybook::events::execution {
namespace {

// A run that never began costs nothing that anybody could know.
template <class E>
std::optional<CostSource> source_of(const State& s, const E& e) {
  if (e.reported_cost) return CostSource::reported;
  if (e.cost_nano) return CostSource::priced;
  return s.started_at ? std::optional(CostSource::unknown) : std::nullopt;
}

// What the run used and costs from here on, and all else that the event tells.
template <class E>
void take_bill(State& s, const E& e) {
  take_fields<&E::usage, &E::cost_nano>(s, e);
  s.tokens_used = tokens_of(e.usage);
  s.token_usage = s.tokens_used ? std::optional(e.usage) : std::nullopt;
  s.usage_missing = s.started_at && !s.tokens_used;
  s.cost_source = source_of(s, e);
  s.cost = e.cost_nano ? std::optional(Decimal{*e.cost_nano}) : std::nullopt;
}

template <class E>
void end(State& s, Status how, const E& e, const Envelope& event) {
  take_bill(s, e);
  s.status = how;
  s.lease_expires_at.reset();
  s.completed_at = event.occurred_at;
  s.priced_at = event.recorded_at;
}

}  // namespace

void evolve(State& s, const Requested& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
  s.for_any_agent = !e.agent_id;
}
void evolve(State& s, const Claimed& e, const Envelope& event) {
  take_fields(s, e);
  s.status = Status::running;
  s.started_at = event.occurred_at;
  s.claimed_by_type = event.actor_type;
  s.claimed_by_id = event.actor_id;
}
void evolve(State& s, const Progressed& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Completed& e, const Envelope& event) { end(s, Status::completed, e, event); }
void evolve(State& s, const Failed& e, const Envelope& event) { end(s, Status::failed, e, event); }
void evolve(State& s, const Cancelled& e, const Envelope& event) { end(s, Status::cancelled, e, event); }
void evolve(State& s, const Lost& e, const Envelope& event) { end(s, Status::lost, e, event); }
void evolve(State& s, const UsageCorrected& e, const Envelope&) { take_bill(s, e); }
void evolve(State& s, const FeedbackGiven& e, const Envelope&) { take_fields(s, e); }
// A run that began elsewhere has no lease here, and nobody holds it. One that was claimed here goes its own way.
void evolve(State& s, const BroughtForward& e, const Envelope& event) {
  take_told<&BroughtForward::status, &BroughtForward::token_usage, &BroughtForward::cost>(s, e);
  if (s.status == Status::pending) s.status = e.status.value_or(s.status);
  if (e.token_usage) {
    s.tokens_used = tokens_of(*e.token_usage);
    s.token_usage = s.tokens_used ? e.token_usage : std::nullopt;
  }
  if (e.cost && s.currency) s.cost = s.reported_cost = e.cost;
  if (!has_ended(s.status)) return;
  s.usage_missing = s.started_at && !s.tokens_used;
  if (s.cost) s.cost_source = CostSource::reported;
  else if (s.started_at) s.cost_source = CostSource::unknown;
  if (!s.priced_at) s.priced_at = s.completed_at.value_or(event.occurred_at);
}

}  // namespace daybook::events::execution
