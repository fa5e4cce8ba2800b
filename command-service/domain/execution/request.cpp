// Runs that come into being: as they are asked for, and as the same once more.
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/placed.hpp"
#include "command-service/domain/execution/billing.hpp"
#include "command-service/domain/execution/claims.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/workspace/quota.hpp"

namespace daybook::domain::execution {
namespace {

using events::StreamType;
using events::execution::Requested;

Requested told(const Request& command) { return domain::told<Requested, &Request::issue_id, &Request::project_id>(command); }

// What an issue says of its runs where they do not say it themselves.
void take_over(const events::issue::State& issue, const Request& command, Requested& run, const CommandContext& context, const Facts& facts) {
  if (!command.priority) run.priority = issue.priority;
  if (run.agent_id || issue.assignee_type != events::issue::AssigneeType::agent || !issue.assignee_id) return;
  const events::AgentId assignee{issue.assignee_id->value};
  if (facts.usable(StreamType::agent, events::stream_of(assignee), workspace_of(context).id)) run.agent_id = assignee;
}

std::optional<StreamType> resource_type(ExecutionType type) {
  switch (type) {
    case ExecutionType::agent: return StreamType::agent;
    case ExecutionType::workflow: return StreamType::workflow;
    case ExecutionType::task:
    case ExecutionType::generation: return std::nullopt;
  }
  return std::nullopt;
}

void check_resource(const Requested& run, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  const auto type = resource_type(run.execution_type);
  if (!run.resource_id) {
    if (type) refusals.add("/resource_id", "required", "Say which " + std::string(events::word_of(*type)) + " is to be run.");
    return;
  }
  const StreamId resource{run.resource_id->value};
  const auto found = facts.reference(resource);
  const bool there = found && found->workspace == workspace_of(context).id && facts.open(resource) && (!type || found->type == *type);
  if (!there) refusals.add("/resource_id", "unknown-reference", "There is no such thing to be run in this workspace.");
}

// The agent that is run runs itself, unless another one is named, and whom is to run it is what is run.
void settle_agent(Requested& run) {
  if (run.execution_type != ExecutionType::agent) return;
  if (!run.agent_id && run.resource_id) run.agent_id = events::AgentId{run.resource_id->value};
  if (!run.resource_id && run.agent_id) run.resource_id = events::EntityId{run.agent_id->value};
}

void check_agent(const Requested& run, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  if (run.agent_id && !facts.usable(StreamType::agent, events::stream_of(*run.agent_id), workspace_of(context).id))
    refusals.add("/agent_id", "unknown-reference", "There is no such agent in this workspace.");
}

void check_fields(const Requested& run, FieldRefusals& refusals) {
  if (run.temperature && !(*run.temperature >= 0 && *run.temperature <= temperature_max))
    refusals.add("/temperature", "out-of-range", "Expected a number from 0 to 10.");
  check_range(run.max_tokens, 1, max_tokens_max, "/max_tokens", refusals);
  check_range(run.lease_seconds, lease_seconds_min, lease_seconds_max, "/lease_seconds", refusals);
  check_range(run.max_attempts, 1, attempts_max, "/max_attempts", refusals);
}

// An agent may ask for runs of its own, of what is assigned to it.
std::optional<Rejection> refuse_beyond_own(const Requested& run, const CommandContext& context, const Facts& facts) {
  if (!context.agent) return std::nullopt;
  const auto* issue = run.issue_id ? &state_of<Issue>(facts, events::stream_of(*run.issue_id)) : nullptr;
  const bool assigned = issue != nullptr && issue->assignee_type == events::issue::AssigneeType::agent && issue->assignee_id &&
                        issue->assignee_id->value == context.agent->value;
  if (assigned && run.agent_id == context.agent) return std::nullopt;
  return forbidden("An agent asks for runs of its own, of issues that are assigned to it.");
}

// What its place in its issue and the limits of its workspace say of a run that is otherwise in order.
Decision<Event> admitted(Requested run, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_beyond_own(run, context, facts)) return *refused;
  const Planned about{run.issue_id, run.project_id, {run.ai_provider.value_or(""), run.model.value_or("")}, run.max_tokens};
  if (auto refused = refuse_over_quota(context, Limited::executions_per_month, facts)) return *refused;
  if (auto refused = refuse_over_budget(about, context, facts)) return *refused;
  if (run.issue_id) run.execution_number = facts.counter(scope::execution_number, events::stream_of(*run.issue_id)) + 1;
  return std::vector<Event>{std::move(run)};
}

}  // namespace

Decision<Event> decide(const State& state, const Request& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto workspace = workspace_of(context).id;
  FieldRefusals refusals;
  auto run = told(command);
  if (command.issue_id) {
    run.issue_id = find_issue(command.issue_id->text, workspace, facts);
    if (!run.issue_id || !facts.usable(StreamType::issue, events::stream_of(*run.issue_id), workspace)) return not_found("issue");
    if (command.project_id) refusals.add("/project_id", "not-together", "A run of an issue lies in that issue's project.");
  } else {
    run.project_id = project_named(command.project_id, std::nullopt, context, facts, refusals);
  }
  settle_agent(run);
  if (run.issue_id) take_over(state_of<Issue>(facts, events::stream_of(*run.issue_id)), command, run, context, facts);
  if (!command.lease_seconds) run.lease_seconds = lease_seconds_default;
  if (!command.max_attempts) run.max_attempts = attempts_default;
  check_agent(run, context, facts, refusals);
  check_resource(run, context, facts, refusals);
  check_fields(run, refusals);
  if (refusals.any()) return refusals.rejection();
  return admitted(std::move(run), context, facts);
}

// What was left out came of what stood there at first.
bool repeats(const Requested& first, const Request& again, const CommandContext& context, const Facts& facts) {
  const auto workspace = workspace_of(context).id;
  auto run = told(again);
  if (again.issue_id) run.issue_id = find_issue(again.issue_id->text, workspace, facts);
  if (again.project_id) run.project_id = find_project(again.project_id->text, workspace, facts);
  if (!again.agent_id) run.agent_id = first.agent_id;
  if (!again.resource_id) run.resource_id = first.resource_id;
  if (!again.priority) run.priority = first.priority;
  if (!again.lease_seconds) run.lease_seconds = first.lease_seconds;
  if (!again.max_attempts) run.max_attempts = first.max_attempts;
  run.execution_number = first.execution_number;
  return run == first;
}

Decision<Event> retry(const State& state, const State& original, const Retry&, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (auto refused = refuse_hidden(original, context, facts)) return *refused;
  if (auto refused = refuse_other_agent(original, context)) return *refused;
  if (original.status != Status::failed && original.status != Status::lost)
    return conflict("not-retryable", "Only a run that failed or was lost is tried again.");
  if (original.retry_count + 1 >= original.max_attempts)
    return conflict("no-attempts-left", "It was tried as often as it may be: " + std::to_string(original.max_attempts) + " times.");
  if (facts.claimed(scope::execution_retry, original.id.text())) return conflict("already-retried", "This run was tried again already.");
  auto run = events::fields_as<Requested>(original);
  if (original.for_any_agent) run.agent_id.reset();
  run.retry_of = original.id;
  ++run.retry_count;
  FieldRefusals refusals;
  check_agent(run, context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  return admitted(std::move(run), context, facts);
}

bool repeats(const Requested& first, const Retry& again, const CommandContext&, const Facts&) {
  return again.execution_id && first.retry_of == again.execution_id;
}

}  // namespace daybook::domain::execution
