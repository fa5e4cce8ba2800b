#pragma once
// A run after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/execution/events.hpp"

namespace daybook::events::execution {

// Where a cost comes from: it was reported, or is the usage by the price in force, or nobody knows it.
BOOST_DEFINE_ENUM_CLASS(CostSource, reported, priced, unknown)

struct Fields : Stamp {
  ExecutionId id{};
  WorkspaceId workspace_id{};
  ExecutionType execution_type = ExecutionType::task;
  std::optional<std::string> generation_type;
  std::optional<IssueId> issue_id;
  std::optional<ProjectId> project_id;          // of a run without an issue
  std::optional<AgentId> agent_id;              // who runs it or is to run it
  bool for_any_agent = false;                   // it was asked of nobody in particular
  std::optional<EntityId> resource_id;
  Status status = Status::pending;
  Priority priority = Priority::medium;
  std::optional<std::string> ai_provider;
  std::optional<std::string> model;
  std::optional<LongText> prompt;
  std::optional<LongText> context;
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<Payload> input_data;
  std::optional<Json> metadata;
  std::int64_t lease_seconds = 0;
  std::int64_t max_attempts = 1;
  std::optional<ExecutionId> retry_of;
  std::int64_t retry_count = 0;
  std::optional<std::int64_t> execution_number;
  std::optional<ActorType> claimed_by_type;     // who holds the lease, or held the last one
  std::optional<PrincipalId> claimed_by_id;
  std::optional<std::int64_t> fencing_token;
  std::optional<text::Instant> started_at;      // when it was claimed
  std::optional<text::Instant> lease_expires_at;  // while it runs
  std::optional<Reservation> reserved;          // of the budgets, by its claim
  std::optional<std::int64_t> progress;
  std::optional<std::string> progress_note;
  std::optional<LongText> response;
  std::optional<Payload> output_data;
  std::optional<std::string> error;
  std::optional<std::string> cancel_reason;
  std::optional<Decimal> execution_time;        // seconds
  std::optional<Usage> token_usage;
  std::optional<std::int64_t> tokens_used;      // of all kinds together
  bool usage_missing = false;                   // it has run and nobody said what it used
  std::optional<Decimal> reported_cost;
  std::optional<Decimal> cost;                  // none while it runs, and where it is unknown
  std::optional<std::string> currency;          // of both
  std::optional<CostSource> cost_source;        // once it has run and ended
  std::optional<AiProviderId> priced_by;
  std::optional<text::Instant> completed_at;    // when it ended, whatever way
  std::optional<text::Instant> priced_at;       // when that was recorded: the prices of then hold
  std::optional<std::string> user_feedback;
  std::optional<std::int64_t> rating;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, execution_type, generation_type, issue_id, project_id, agent_id,
                                        for_any_agent, resource_id, status, priority, ai_provider, model, prompt, context,
                                        temperature, max_tokens, input_data, metadata, lease_seconds, max_attempts, retry_of,
                                        retry_count, execution_number, claimed_by_type, claimed_by_id, fencing_token, started_at,
                                        lease_expires_at, reserved, progress, progress_note, response, output_data, error, cancel_reason,
                                        execution_time, token_usage, tokens_used, usage_missing, reported_cost, cost, currency, cost_source,
                                        priced_by, completed_at, priced_at, user_feedback, rating, created_by_type, created_by_id))

using State = Fields;

// For ever: it comes out of these by no event.
inline bool has_ended(Status status) { return status != Status::pending && status != Status::running; }

void evolve(State&, const Requested&, const Envelope&);
void evolve(State&, const Claimed&, const Envelope&);
void evolve(State&, const Progressed&, const Envelope&);
void evolve(State&, const Completed&, const Envelope&);
void evolve(State&, const Failed&, const Envelope&);
void evolve(State&, const Cancelled&, const Envelope&);
void evolve(State&, const Lost&, const Envelope&);
void evolve(State&, const UsageCorrected&, const Envelope&);
void evolve(State&, const FeedbackGiven&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::execution
