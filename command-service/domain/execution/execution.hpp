#pragma once
// A run of a task, an agent, a workflow or a generation. It is requested, claimed by whom it is meant for, kept by heartbeats, and
// ends once, for ever: completed, failed, cancelled or lost. What is tried again is another run.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/execution/state.hpp"

namespace daybook::domain {

struct Execution {
  using State = events::execution::State;
  using Event = events::execution::Event;
  static constexpr auto stream_type = events::StreamType::execution;
};

namespace scope {
inline constexpr std::string_view execution_ready = "execution-ready";    // ordered, by workspace, agent and type: what waits to be claimed
inline constexpr std::string_view execution_retry = "execution-retry";    // by run: the one that tries it again
inline constexpr std::string_view execution_number = "execution-number";  // counter, by issue: runs requested of it
inline constexpr std::string_view execution_claims = "execution-claims";  // counter, by workspace: fencing tokens given
inline constexpr std::string_view running_executions = "running-executions";  // counter, by agent
}  // namespace scope

namespace execution {

using events::execution::Event;
using events::execution::ExecutionType;
using events::execution::Payload;
using events::execution::Priority;
using events::execution::State;
using events::execution::Status;
using events::execution::Usage;

inline constexpr std::int64_t lease_seconds_min = 1, lease_seconds_max = 86'400;
inline constexpr std::int64_t lease_seconds_default = 300;
inline constexpr std::int64_t attempts_max = 100, attempts_default = 3;  // of one chain of retries
inline constexpr std::int64_t max_tokens_max = 1'000'000'000;
inline constexpr double temperature_max = 10;                            // and not below 0
inline constexpr std::int64_t progress_max = 100;                        // per cent
inline constexpr std::int64_t rating_min = 1, rating_max = 5;
inline constexpr std::int64_t execution_seconds_max = 1'000'000'000;     // 31 years
inline constexpr std::size_t ready_looked_at_max = 512;                  // runs, by one claim, in the order in which they are due

struct Request {
  static constexpr std::string_view verb = "execution.request";
  static constexpr Permission permission = Permission::executions_write;
  using Birth = events::execution::Requested;
  std::optional<events::ExecutionId> id;
  std::optional<ExecutionType> execution_type;   // left out: task
  std::optional<Name> generation_type;
  std::optional<IssueRef> issue_id;              // filled from the path, or named
  std::optional<ProjectRef> project_id;          // of a run without an issue
  std::optional<events::AgentId> agent_id;       // left out: the agent that is run or that the issue is assigned to, else any
  std::optional<events::EntityId> resource_id;   // of an agent's run the agent, of a workflow's the workflow
  std::optional<Priority> priority;              // left out: its issue's
  std::optional<Name> ai_provider;
  std::optional<Model> model;
  std::optional<Prompt> prompt;
  std::optional<Prompt> context;
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<Payload> input_data;
  std::optional<events::Json> metadata;
  std::optional<std::int64_t> lease_seconds;
  std::optional<std::int64_t> max_attempts;
};
BOOST_DESCRIBE_STRUCT(Request, (), (id, execution_type, generation_type, issue_id, project_id, agent_id, resource_id, priority,
                                    ai_provider, model, prompt, context, temperature, max_tokens, input_data, metadata,
                                    lease_seconds, max_attempts))

// The same once more, of a run that failed or was lost: a run of its own, which any run has at most one of.
struct Retry {
  static constexpr std::string_view verb = "execution.retry";
  static constexpr Permission permission = Permission::executions_write;
  using Birth = events::execution::Requested;
  std::optional<events::ExecutionId> id;
  std::optional<events::ExecutionId> execution_id;  // filled from the path, or named in a bulk command
};
BOOST_DESCRIBE_STRUCT(Retry, (), (id, execution_id))

// The next run that is ready, for an agent; without one, for the person who asks.
struct Claim {
  static constexpr std::string_view verb = "execution.claim";
  static constexpr Permission permission = Permission::executions_write;
  std::optional<events::AgentId> agent_id;
  std::optional<std::vector<ExecutionType>> execution_types;  // left out: all
  std::optional<events::ExecutionId> execution_id;            // this one and no other
  std::optional<std::int64_t> lease_seconds;                  // left out: as the run was requested with
};
BOOST_DESCRIBE_STRUCT(Claim, (), (agent_id, execution_types, execution_id, lease_seconds))

// Each of these three is about the claim that was given this token.
struct Heartbeat {
  static constexpr std::string_view verb = "execution.heartbeat";
  static constexpr Permission permission = Permission::executions_write;
  std::int64_t fencing_token = 0;
  std::optional<std::int64_t> progress;
  std::optional<Description> progress_note;
};
BOOST_DESCRIBE_STRUCT(Heartbeat, (), (fencing_token, progress, progress_note))

struct Complete {
  static constexpr std::string_view verb = "execution.complete";
  static constexpr Permission permission = Permission::executions_write;
  std::int64_t fencing_token = 0;
  std::optional<Prompt> response;
  std::optional<Payload> output_data;
  std::optional<events::Decimal> execution_time;  // seconds; left out: since it was claimed
  std::optional<Usage> usage;
  std::optional<events::Decimal> reported_cost;   // wins over the price in force
  std::optional<Currency> currency;               // of that cost; left out: the workspace's
};
BOOST_DESCRIBE_STRUCT(Complete, (), (fencing_token, response, output_data, execution_time, usage, reported_cost, currency))

struct Fail {
  static constexpr std::string_view verb = "execution.fail";
  static constexpr Permission permission = Permission::executions_write;
  std::int64_t fencing_token = 0;
  Description error{};
  std::optional<Prompt> response;
  std::optional<Payload> output_data;
  std::optional<events::Decimal> execution_time;
  std::optional<Usage> usage;
  std::optional<events::Decimal> reported_cost;
  std::optional<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Fail, (), (fencing_token, error, response, output_data, execution_time, usage, reported_cost, currency))

struct Cancel {
  static constexpr std::string_view verb = "execution.cancel";
  static constexpr Permission permission = Permission::executions_write;
  std::optional<Description> cancel_reason;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (cancel_reason))

// Sent by a timer, when the lease of a run is over; what does not run or was kept meanwhile stays as it is.
struct Lose {};
BOOST_DESCRIBE_STRUCT(Lose, (), ())

// What a run that has ended used and cost, all of it anew.
struct CorrectUsage {
  static constexpr std::string_view verb = "execution.correct_usage";
  static constexpr Permission permission = Permission::executions_write;
  Usage usage{};
  std::optional<events::Decimal> reported_cost;
  std::optional<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(CorrectUsage, (), (usage, reported_cost, currency))

struct GiveFeedback {
  static constexpr std::string_view verb = "execution.give_feedback";
  static constexpr Permission permission = Permission::executions_write;
  events::Patch<Description> user_feedback;
  events::Patch<std::int64_t> rating;
};
BOOST_DESCRIBE_STRUCT(GiveFeedback, (), (user_feedback, rating))

Decision<Event> decide(const State&, const Request&, const CommandContext&, const Facts&);
// `original` is the run that is tried again.
Decision<Event> retry(const State&, const State& original, const Retry&, const CommandContext&, const Facts&);
// Which run a claim is about: the first that is ready and meant for who asks; none where nothing is. Over all facts, for what the
// caller may not know of holds runs back as well.
Result<std::optional<events::ExecutionId>> choose(const Claim&, const CommandContext&, const Facts& all);
Decision<Event> decide(const State&, const Claim&, const CommandContext&, const Facts& all);
Decision<Event> decide(const State&, const Heartbeat&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Complete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Fail&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Cancel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Lose&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const CorrectUsage&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const GiveFeedback&, const CommandContext&, const Facts&);

bool repeats(const events::execution::Requested& first, const Request& again, const CommandContext&, const Facts&);
bool repeats(const events::execution::Requested& first, const Retry& again, const CommandContext&, const Facts&);

// What agents send, too, each about runs of its own: which those are, the rules say.
template <one_of<Request, Retry, Claim, Heartbeat, Complete, Fail, Cancel, CorrectUsage> C>
std::optional<Rejection> refuse_agent(const State&, const C&, const CommandContext&, const Facts&) {
  return std::nullopt;
}

// The stream a run lies in: its issue, else its project, else its workspace.
StreamId container_of(const State& state);

}  // namespace execution

void effects(const execution::State&, const events::execution::Requested&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::Claimed&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::Completed&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::Failed&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::Cancelled&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::Lost&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::UsageCorrected&, const events::Envelope&, Effects&);
void effects(const execution::State&, const events::execution::BroughtForward&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::execution::Progressed, events::execution::FeedbackGiven> E>
void effects(const execution::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Execution>();

}  // namespace daybook::domain
