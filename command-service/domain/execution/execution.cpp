// What becomes of a run, and what its events do beyond its stream.
#include "command-service/domain/execution/execution.hpp"

#include <algorithm>

#include "command-service/domain/execution/billing.hpp"
#include "command-service/domain/execution/claims.hpp"
#include "command-service/domain/workspace/quota.hpp"

namespace daybook::domain {
namespace execution {
namespace {

using namespace events::execution;

constexpr std::int64_t nanos_per_micro = 1000;

bool is_admin(const CommandContext& context) { return context.role && is_at_least(context, MemberRole::admin); }

// Who holds the lease: the agent, whoever claimed the run for it, an admin in their place.
std::optional<Rejection> refuse_stranger(const State& run, const CommandContext& context) {
  const bool agents_own = context.agent && run.agent_id == context.agent;
  const bool claimed_it = !context.agent && context.actor_id && run.claimed_by_id == context.actor_id;
  if (agents_own || claimed_it || (!context.agent && is_admin(context))) return std::nullopt;
  return forbidden("Only who claimed this run or an admin may do this.");
}

// Whether the caller holds the run by this token now.
std::optional<Rejection> refuse_not_holding(const State& run, std::int64_t token, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(run, context, facts)) return *refused;
  if (auto refused = refuse_other_agent(run, context)) return *refused;
  if (run.status == Status::pending) return conflict("not-claimed", "Nobody has claimed this run yet.");
  if (auto refused = refuse_stranger(run, context)) return *refused;
  if (token != run.fencing_token || run.status == Status::lost)
    return conflict("stale-fencing-token", "The claim of this token is over: what it did does not count any more.");
  if (run.status != Status::running) return conflict("ended", "This run has ended, for ever.");
  return std::nullopt;
}

// In seconds; at least none, for who claimed it may have said an earlier time.
events::Decimal time_since(const std::optional<text::Instant>& started, const CommandContext& context) {
  const auto now = context.occurred_at.value_or(context.now);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now - started.value_or(now)).count();
  constexpr std::int64_t micros_max = execution_seconds_max * 1'000'000;
  return events::Decimal{std::clamp<std::int64_t>(micros, 0, micros_max) * nanos_per_micro};
}

void check_time(const std::optional<events::Decimal>& seconds, FieldRefusals& refusals) {
  constexpr std::int64_t nanos_max = execution_seconds_max * 1'000'000'000;
  if (seconds && (seconds->nanos < 0 || seconds->nanos > nanos_max))
    refusals.add("/execution_time", "out-of-range", "Expected a number of seconds from 0 to 1,000,000,000.");
}

// A currency alone is no cost.
void check_currency(const std::optional<events::Decimal>& cost, const std::optional<Currency>& currency, FieldRefusals& refusals) {
  if (currency && !cost) refusals.add("/reported_cost", "required", "Say which cost is in this currency.");
}

// The event that ends a run with what its holder reports of it.
template <class E, class Command>
Decision<Event> ended(const State& run, const Command& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_not_holding(run, command.fencing_token, context, facts)) return *refused;
  FieldRefusals refusals;
  check_time(command.execution_time, refusals);
  check_currency(command.reported_cost, command.currency, refusals);
  if (refusals.any()) return refusals.rejection();
  const Reported reported{command.usage.value_or(Usage{}), command.reported_cost, plain(command.currency)};
  const auto cost = cost_of(run, reported, context, facts);
  if (!cost) return cost.error();
  E event{};
  if (command.response) event.response = events::LongText(command.response->text);
  event.output_data = command.output_data;
  event.execution_time = command.execution_time.value_or(time_since(run.started_at, context));
  if constexpr (requires { event.error; }) event.error = command.error.text;
  bill(event, reported, *cost);
  return std::vector<Event>{std::move(event)};
}

// The event that ends a run of which nobody reports anything.
template <class E>
Decision<Event> ended_unreported(E event, const State& run, const CommandContext& context, const Facts& facts) {
  const auto cost = cost_of(run, Reported{}, context, facts);
  if (!cost) return cost.error();
  bill(event, Reported{}, *cost);
  return std::vector<Event>{std::move(event)};
}

}  // namespace

StreamId container_of(const State& run) {
  if (run.issue_id) return events::stream_of(*run.issue_id);
  return run.project_id ? events::stream_of(*run.project_id) : events::stream_of(run.workspace_id);
}

std::optional<Rejection> refuse_hidden(const State& run, const CommandContext& context, const Facts& facts) {
  return domain::refuse_hidden(run, container_of(run), "execution", context, facts);
}

std::optional<Rejection> refuse_other_agent(const State& run, const CommandContext& context) {
  if (!context.agent || run.agent_id == context.agent) return std::nullopt;
  return forbidden("This run is another agent's.");
}

// It is written down where it tells something, or where the lease is to be longer, which is so when half of it is over.
Decision<Event> decide(const State& run, const Heartbeat& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_not_holding(run, command.fencing_token, context, facts)) return *refused;
  FieldRefusals refusals;
  check_range(command.progress, 0, progress_max, "/progress", refusals);
  if (refusals.any()) return refusals.rejection();
  const Progressed before{run.progress, run.progress_note, *run.lease_expires_at};
  auto after = before;
  if (command.progress) after.progress = command.progress;
  if (command.progress_note) after.progress_note = command.progress_note->text;
  const std::chrono::seconds lease(run.lease_seconds);
  if (after == before && 2 * (before.lease_expires_at - context.now) >= lease) return std::vector<Event>{};
  after.lease_expires_at = context.now + lease;
  return std::vector<Event>{after};
}

Decision<Event> decide(const State& run, const Complete& command, const CommandContext& context, const Facts& facts) {
  return ended<Completed>(run, command, context, facts);
}

Decision<Event> decide(const State& run, const Fail& command, const CommandContext& context, const Facts& facts) {
  return ended<Failed>(run, command, context, facts);
}

Decision<Event> decide(const State& run, const Cancel& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(run, context, facts)) return *refused;
  if (auto refused = refuse_other_agent(run, context)) return *refused;
  if (run.status == Status::cancelled) return std::vector<Event>{};
  if (has_ended(run.status)) return conflict("ended", "This run has ended, for ever.");
  Cancelled cancelled{};
  cancelled.cancel_reason = plain(command.cancel_reason);
  return ended_unreported(std::move(cancelled), run, context, facts);
}

// Of what lies in something deleted, too: its holder would be taken for busy for ever.
Decision<Event> decide(const State& run, const Lose&, const CommandContext& context, const Facts& facts) {
  if (run.status != Status::running || !run.lease_expires_at || context.now < *run.lease_expires_at) return std::vector<Event>{};
  return ended_unreported(Lost{}, run, context, facts);
}

Decision<Event> decide(const State& run, const CorrectUsage& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(run, context, facts)) return *refused;
  if (auto refused = refuse_other_agent(run, context)) return *refused;
  if (!has_ended(run.status)) return conflict("not-ended", "What a run used is said when it ends.");
  if (auto refused = refuse_stranger(run, context)) return *refused;
  FieldRefusals refusals;
  check_currency(command.reported_cost, command.currency, refusals);
  if (refusals.any()) return refusals.rejection();
  const Reported reported{command.usage, command.reported_cost, plain(command.currency)};
  const auto cost = cost_of(run, reported, context, facts);
  if (!cost) return cost.error();
  UsageCorrected corrected{};
  bill(corrected, reported, *cost);
  const bool same = corrected.usage == run.token_usage.value_or(Usage{}) && corrected.reported_cost == run.reported_cost &&
                    corrected.currency == run.currency && corrected.priced_by == run.priced_by &&
                    corrected.cost_nano == (run.cost ? std::optional(run.cost->nanos) : std::nullopt);
  if (same) return std::vector<Event>{};
  return std::vector<Event>{corrected};
}

Decision<Event> decide(const State& run, const GiveFeedback& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(run, context, facts)) return *refused;
  if (const auto person = person_of(context); !person) return person.error();
  if (!has_ended(run.status)) return conflict("not-ended", "Feedback is given to a run that has ended.");
  FieldRefusals refusals;
  check_range(command.rating.value, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  State after = run;
  put_all(command, after, refusals);
  std::vector<Event> changes;
  add_changes<FeedbackGiven>(run, after, changes);
  return changes;
}

namespace {

std::string key_of(events::WorkspaceId workspace, const std::optional<events::AgentId>& agent, ExecutionType type, Priority priority,
                   events::Position born) {
  return ready_list(workspace, agent, type) + ready_place(priority, born);
}

void stop_waiting(const State& run, Effects& effects) {
  effects.release(scope::execution_ready, key_of(run.workspace_id, run.agent_id, run.execution_type, run.priority, run.born));
}

// Whether it is one of those that its agent runs at once: one that began in another system was never claimed here.
bool holds_place(const State& run) { return run.status == Status::running && run.agent_id && run.fencing_token; }

template <class E>
void end(const State& run, const E& e, const events::Envelope& event, Effects& effects) {
  if (run.status == Status::pending) stop_waiting(run, effects);
  if (holds_place(run)) effects.count(scope::running_executions, events::stream_of(*run.agent_id), -1);
  if (run.reserved) give_back(run.workspace_id, run.issue_id, *run.reserved, effects);
  move_spent(run.workspace_id, std::nullopt, spent_after(run, e, event.recorded_at), effects);
}

}  // namespace
}  // namespace execution

void effects(const execution::State&, const events::execution::Requested& e, const events::Envelope& event, Effects& effects) {
  const auto workspace = event.workspace_id.value();
  if (e.issue_id) effects.born(events::stream_of(*e.issue_id));
  else effects.born(e.project_id ? events::stream_of(*e.project_id) : events::stream_of(workspace));
  effects.count(scope::quota_executions(event), events::stream_of(workspace), +1);
  if (e.issue_id) effects.count(scope::execution_number, events::stream_of(*e.issue_id), +1);
  if (e.retry_of) effects.claim(scope::execution_retry, e.retry_of->text(), "/execution_id");
  effects.claim(scope::execution_ready, execution::key_of(workspace, e.agent_id, e.execution_type, e.priority, event.position), "");
}
void effects(const execution::State& before, const events::execution::Claimed& e, const events::Envelope&, Effects& effects) {
  execution::stop_waiting(before, effects);
  effects.count(scope::execution_claims, events::stream_of(before.workspace_id), +1);
  if (e.agent_id) effects.count(scope::running_executions, events::stream_of(*e.agent_id), +1);
  if (e.reserved) execution::hold_back(before.workspace_id, before.issue_id, *e.reserved, effects);
}
void effects(const execution::State& before, const events::execution::Completed& e, const events::Envelope& event, Effects& effects) {
  execution::end(before, e, event, effects);
}
void effects(const execution::State& before, const events::execution::Failed& e, const events::Envelope& event, Effects& effects) {
  execution::end(before, e, event, effects);
}
void effects(const execution::State& before, const events::execution::Cancelled& e, const events::Envelope& event, Effects& effects) {
  execution::end(before, e, event, effects);
}
void effects(const execution::State& before, const events::execution::Lost& e, const events::Envelope& event, Effects& effects) {
  execution::end(before, e, event, effects);
}
void effects(const execution::State& before, const events::execution::UsageCorrected& e, const events::Envelope& event, Effects& effects) {
  const auto after = execution::spent_after(before, e, before.priced_at.value_or(event.recorded_at));
  execution::move_spent(before.workspace_id, execution::spent_by(before), after, effects);
}

// Nobody claims it any more; and what it cost was spent when it ended there.
void effects(const execution::State& before, const events::execution::BroughtForward& e, const events::Envelope& event, Effects& effects) {
  auto after = before;
  evolve(after, e, event);
  if (before.status == execution::Status::pending && after.status != execution::Status::pending) execution::stop_waiting(before, effects);
  execution::move_spent(before.workspace_id, execution::spent_by(before), execution::spent_by(after), effects);
}

template const AggregateOps& aggregate_ops<Execution>();

}  // namespace daybook::domain
