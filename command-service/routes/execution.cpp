// Commands about a run.
#include "command-service/domain/execution/execution.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::Execution;
using domain::execution::Claim;
using domain::execution::Retry;
using ExecutionState = events::execution::State;

// Five fields of 512 KiB and what is around them, and room for what JSON escapes.
constexpr std::size_t execution_body_bytes_max = 4 << 20;

Command holding_work(Command command) {
  command.body_bytes_max = execution_body_bytes_max;
  return command;
}

Result<void> retry_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                              const domain::CommandContext& context) {
  const auto& retry = *static_cast<const Retry*>(sent);
  if (!retry.execution_id) return domain::invalid("/execution_id", "required", "This field is required.");
  const auto original = events::stream_of(*retry.execution_id);
  const domain::SeenFacts seen(settling, context);
  if (!seen.there(original)) return domain::not_found("execution");
  const auto events = domain::execution::retry(settling.load<Execution>(stream), settling.load<Execution>(original), retry, context, seen);
  if (!events) return events.error();
  return settling.append<Execution>(stream, workspace, *events);
}

// What the caller may not know of holds runs back as well, so both look at all facts.
Command claims(Command command) {
  command.ops.choose = [](log::Settling& settling, const void* sent, const domain::CommandContext& context) -> Result<std::optional<StreamId>> {
    const auto run = domain::execution::choose(*static_cast<const Claim*>(sent), context, settling);
    if (!run) return run.error();
    if (!*run) return std::optional<StreamId>();
    return std::optional(events::stream_of(**run));
  };
  command.ops.decide = [](log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                          const domain::CommandContext& context) -> Result<void> {
    const auto events = decide(settling.load<Execution>(stream), *static_cast<const Claim*>(sent), context, settling);
    if (!events) return events.error();
    return settling.append<Execution>(stream, workspace, *events);
  };
  return command;
}

}  // namespace

std::vector<Command> execution_commands() {
  using namespace domain::execution;
  const auto the_run = by_id<events::ExecutionId>("execution");
  auto view = fields_of<ExecutionState>();
  view.collection = "/executions";
  return {
      holding_work(creates<Execution, Request>({"POST /executions", "POST /issues/{issue}/executions"}, view)),
      creates<Execution, Retry>({"POST /executions/{execution}/retry"}, view, retry_and_append),
      claims(changes<Execution, Claim>({}, {"POST /executions:claim"}, view)),
      changes<Execution, Heartbeat>(the_run, {"POST /executions/{execution}/heartbeat"}, view),
      holding_work(changes<Execution, Complete>(the_run, {"POST /executions/{execution}/complete"}, view)),
      holding_work(changes<Execution, Fail>(the_run, {"POST /executions/{execution}/fail"}, view)),
      changes<Execution, Cancel>(the_run, {"POST /executions/{execution}/cancel"}, view),
      changes<Execution, CorrectUsage>(the_run, {"POST /executions/{execution}/correct-usage"}, view),
      changes<Execution, GiveFeedback>(the_run, {"POST /executions/{execution}/feedback"}, view),
  };
}

}  // namespace daybook::routes
