#pragma once
// Time that somebody worked on an issue: measured by a timer or logged afterwards. Members keep their own time, admins
// anyone's. A person has one running timer in a workspace.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/time_entry/state.hpp"

namespace daybook::domain {

struct TimeEntry {
  using State = events::time_entry::State;
  using Event = events::time_entry::Event;
  static constexpr auto stream_type = events::StreamType::time_entry;
};

namespace time_entry {

using events::time_entry::Event;
using events::time_entry::State;

inline constexpr std::int64_t duration_seconds_max = 3'155'760'000;  // a hundred years

// A rate that is not given is the workspace's `default_hourly_rate` of its settings, in its currency, once the time is billable.
struct StartTimer {
  static constexpr std::string_view verb = "time_entry.start_timer";
  static constexpr Permission permission = Permission::time_write;
  using Birth = events::time_entry::TimerStarted;
  std::optional<events::TimeEntryId> id;
  std::optional<IssueRef> issue_id;              // filled from the path, or named in a bulk command
  std::optional<events::UserId> user_id;         // left out: the caller
  std::optional<text::Instant> start_time;       // left out: now
  std::optional<Description> description;
  std::optional<bool> is_billable;
  std::optional<events::Decimal> hourly_rate;
  std::optional<Currency> currency;              // of the rate; left out: the workspace's
};
BOOST_DESCRIBE_STRUCT(StartTimer, (), (id, issue_id, user_id, start_time, description, is_billable, hourly_rate, currency))

// It ends at `end_time` or after `duration_seconds`. Given both, the duration may be less than from start to end: there were
// breaks.
struct Log {
  static constexpr std::string_view verb = "time_entry.log";
  static constexpr Permission permission = Permission::time_write;
  using Birth = events::time_entry::Logged;
  std::optional<events::TimeEntryId> id;
  std::optional<IssueRef> issue_id;
  std::optional<events::UserId> user_id;
  text::Instant start_time{};
  std::optional<text::Instant> end_time;
  std::optional<std::int64_t> duration_seconds;
  std::optional<Description> description;
  std::optional<bool> is_billable;
  std::optional<events::Decimal> hourly_rate;
  std::optional<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Log, (), (id, issue_id, user_id, start_time, end_time, duration_seconds, description, is_billable,
                                hourly_rate, currency))

// What does not run any more stays as it is.
struct StopTimer {
  static constexpr std::string_view verb = "time_entry.stop";
  static constexpr Permission permission = Permission::time_write;
  std::optional<text::Instant> end_time;         // left out: now
};
BOOST_DESCRIBE_STRUCT(StopTimer, (), (end_time))

// Another start or end alone makes the duration the time between them.
struct Correct {
  static constexpr std::string_view verb = "time_entry.correct";
  static constexpr Permission permission = Permission::time_write;
  events::Patch<text::Instant> start_time;
  events::Patch<text::Instant> end_time;
  events::Patch<std::int64_t> duration_seconds;
  events::Patch<Description> description;
  events::Patch<bool> is_billable;
  events::Patch<events::Decimal> hourly_rate;
  events::Patch<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Correct, (), (start_time, end_time, duration_seconds, description, is_billable, hourly_rate, currency))

struct Remove {
  static constexpr std::string_view verb = "time_entry.remove";
  static constexpr Permission permission = Permission::time_write;
};
BOOST_DESCRIBE_STRUCT(Remove, (), ())

struct Restore {
  static constexpr std::string_view verb = "time_entry.restore";
  static constexpr Permission permission = Permission::time_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const StartTimer&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Log&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const StopTimer&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Correct&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Remove&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::time_entry::TimerStarted& first, const StartTimer& again, const CommandContext&, const Facts&);
bool repeats(const events::time_entry::Logged& first, const Log& again, const CommandContext&, const Facts&);

}  // namespace time_entry

void effects(const time_entry::State&, const events::time_entry::TimerStarted&, const events::Envelope&, Effects&);
void effects(const time_entry::State&, const events::time_entry::TimerStopped&, const events::Envelope&, Effects&);
void effects(const time_entry::State&, const events::time_entry::Logged&, const events::Envelope&, Effects&);
void effects(const time_entry::State&, const events::time_entry::Removed&, const events::Envelope&, Effects&);
void effects(const time_entry::State&, const events::time_entry::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::time_entry::Corrected, events::time_entry::BroughtForward> E>
void effects(const time_entry::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<TimeEntry>();

}  // namespace daybook::domain
