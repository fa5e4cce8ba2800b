#pragma once
// What happens to a run. Names and shapes are storage format: add optional members or a new event; never rename, retype or
// reuse. What a run costs is fixed in the event that ends it or corrects its usage: `cost_nano` in nano-units of the currency, as
// reported, else by the price in force when that was recorded, else absent, which means unknown.
#include "events/core/event_type.hpp"
#include "events/execution/reservation.hpp"
#include "events/execution/usage.hpp"
#include "events/issue/events.hpp"

namespace daybook::events::execution {

// Storage format: words are added at the end.
BOOST_DEFINE_ENUM_CLASS(ExecutionType, task, agent, workflow, generation)
BOOST_DEFINE_ENUM_CLASS(Status, pending, running, completed, failed, cancelled, lost)
using issue::Priority;

// What a run is given and what it gives back, where that is JSON.
struct Payload : Json {
  static constexpr std::size_t bytes_max = 512 << 10;
  bool operator==(const Payload&) const = default;
};

// In its issue, else in its project, else in the workspace.
struct Requested {
  static constexpr std::string_view type = "execution.requested";
  ExecutionType execution_type = ExecutionType::task;
  std::optional<std::string> generation_type;
  std::optional<IssueId> issue_id;
  std::optional<ProjectId> project_id;          // never beside an issue, which lies in one itself
  std::optional<AgentId> agent_id;              // who is to run it; none: whoever claims it
  std::optional<EntityId> resource_id;          // what is run: an agent, a workflow
  Priority priority = Priority::medium;
  std::optional<std::string> ai_provider;
  std::optional<std::string> model;
  std::optional<LongText> prompt;
  std::optional<LongText> context;
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<Payload> input_data;
  std::optional<Json> metadata;
  std::int64_t lease_seconds = 0;               // for which a claim holds, unless it says otherwise
  std::int64_t max_attempts = 1;                // of the whole chain of retries
  std::optional<ExecutionId> retry_of;
  std::int64_t retry_count = 0;                 // its place in that chain
  std::optional<std::int64_t> execution_number; // among the runs of its issue
  bool operator==(const Requested&) const = default;
};
BOOST_DESCRIBE_STRUCT(Requested, (), (execution_type, generation_type, issue_id, project_id, agent_id, resource_id, priority,
                                      ai_provider, model, prompt, context, temperature, max_tokens, input_data, metadata,
                                      lease_seconds, max_attempts, retry_of, retry_count, execution_number))

// By whom, the envelope says. The fencing token grows with every claim in the workspace.
struct Claimed {
  static constexpr std::string_view type = "execution.claimed";
  std::optional<AgentId> agent_id;              // none: a person runs it themselves
  std::int64_t fencing_token = 0;
  std::int64_t lease_seconds = 0;
  text::Instant lease_expires_at{};
  std::optional<Reservation> reserved;
  bool operator==(const Claimed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (agent_id, fencing_token, lease_seconds, lease_expires_at, reserved))

struct Progressed {
  static constexpr std::string_view type = "execution.progressed";
  std::optional<std::int64_t> progress;         // per cent
  std::optional<std::string> progress_note;
  text::Instant lease_expires_at{};
  bool operator==(const Progressed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Progressed, (), (progress, progress_note, lease_expires_at))

struct Completed {
  static constexpr std::string_view type = "execution.completed";
  std::optional<LongText> response;
  std::optional<Payload> output_data;
  std::optional<Decimal> execution_time;        // seconds
  Usage usage;
  std::optional<Decimal> reported_cost;         // in major units of the currency, as sent
  std::optional<std::int64_t> cost_nano;
  std::string currency;
  std::optional<AiProviderId> priced_by;        // whose price table gave the cost
  bool operator==(const Completed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Completed, (), (response, output_data, execution_time, usage, reported_cost, cost_nano, currency, priced_by))

struct Failed {
  static constexpr std::string_view type = "execution.failed";
  std::string error;
  std::optional<LongText> response;             // as far as it got
  std::optional<Payload> output_data;
  std::optional<Decimal> execution_time;
  Usage usage;
  std::optional<Decimal> reported_cost;
  std::optional<std::int64_t> cost_nano;
  std::string currency;
  std::optional<AiProviderId> priced_by;
  bool operator==(const Failed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Failed, (), (error, response, output_data, execution_time, usage, reported_cost, cost_nano, currency, priced_by))

struct Cancelled {
  static constexpr std::string_view type = "execution.cancelled";
  std::optional<std::string> cancel_reason;
  Usage usage;
  std::optional<Decimal> reported_cost;
  std::optional<std::int64_t> cost_nano;
  std::string currency;
  std::optional<AiProviderId> priced_by;
  bool operator==(const Cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), (cancel_reason, usage, reported_cost, cost_nano, currency, priced_by))

// Its lease was over. What it used by then nobody reported; that can be corrected.
struct Lost {
  static constexpr std::string_view type = "execution.lost";
  Usage usage;
  std::optional<Decimal> reported_cost;
  std::optional<std::int64_t> cost_nano;
  std::string currency;
  std::optional<AiProviderId> priced_by;
  bool operator==(const Lost&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lost, (), (usage, reported_cost, cost_nano, currency, priced_by))

// Of a run that has ended: all of its usage and cost, in place of what was said before.
struct UsageCorrected {
  static constexpr std::string_view type = "execution.usage_corrected";
  Usage usage;
  std::optional<Decimal> reported_cost;
  std::optional<std::int64_t> cost_nano;
  std::string currency;
  std::optional<AiProviderId> priced_by;
  bool operator==(const UsageCorrected&) const = default;
};
BOOST_DESCRIBE_STRUCT(UsageCorrected, (), (usage, reported_cost, cost_nano, currency, priced_by))

struct FeedbackGiven {
  static constexpr std::string_view type = "execution.feedback_given";
  std::optional<std::string> user_feedback;
  std::optional<std::int64_t> rating;           // 1 to 5
  bool operator==(const FeedbackGiven&) const = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackGiven, (), (user_feedback, rating))

// Said by an import, of how the run stood in the system that it comes from, in place of what is known here.
struct BroughtForward {
  static constexpr std::string_view type = "execution.brought_forward";
  std::optional<Status> status;  // of a run that waits; it goes on or has ended without anybody having claimed it here
  std::optional<std::int64_t> execution_number;
  std::optional<std::int64_t> retry_count;
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> completed_at;
  std::optional<Decimal> execution_time;  // seconds
  std::optional<LongText> response;
  std::optional<Payload> output_data;
  std::optional<std::string> error;
  std::optional<Usage> token_usage;
  std::optional<Decimal> cost;
  std::optional<std::string> currency;  // of the cost, which stands with it or not at all
  std::optional<std::string> user_feedback;
  std::optional<std::int64_t> rating;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (status, execution_number, retry_count, started_at, completed_at,
                                       execution_time, response, output_data, error, token_usage, cost, currency, user_feedback, rating))

using Event = std::variant<Requested, Claimed, Progressed, Completed, Failed, Cancelled, Lost, UsageCorrected, FeedbackGiven,
                           BroughtForward>;

}  // namespace daybook::events::execution

namespace daybook::events::detail {

// As long as a prompt: lists leave it out unless it is asked for, and the activity tells of its size alone.
template <>
inline TypeInfo make_type_info<execution::Payload>() {
  auto info = make_simple<execution::Payload>(Shape::json);
  info.is_long = true;
  return info;
}

}  // namespace daybook::events::detail
