#pragma once
// What happens to a time entry. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse. A rate stands with its currency (ISO 4217) or not at all; it is the one that held when the event happened.
#include "events/core/event_type.hpp"

namespace daybook::events::time_entry {

struct TimerStarted {
  static constexpr std::string_view type = "time_entry.timer_started";
  IssueId issue_id{};
  UserId user_id{};
  text::Instant start_time{};
  std::optional<std::string> description;
  bool is_billable = false;
  std::optional<Decimal> hourly_rate;
  std::optional<std::string> currency;
  bool operator==(const TimerStarted&) const = default;
};
BOOST_DESCRIBE_STRUCT(TimerStarted, (), (issue_id, user_id, start_time, description, is_billable, hourly_rate, currency))

struct TimerStopped {
  static constexpr std::string_view type = "time_entry.timer_stopped";
  text::Instant end_time{};
  std::int64_t duration_seconds = 0;
  bool operator==(const TimerStopped&) const = default;
};
BOOST_DESCRIBE_STRUCT(TimerStopped, (), (end_time, duration_seconds))

// Time that was worked without a timer.
struct Logged {
  static constexpr std::string_view type = "time_entry.logged";
  IssueId issue_id{};
  UserId user_id{};
  text::Instant start_time{};
  text::Instant end_time{};
  std::int64_t duration_seconds = 0;   // less than from start to end where there were breaks
  std::optional<std::string> description;
  bool is_billable = false;
  std::optional<Decimal> hourly_rate;
  std::optional<std::string> currency;
  bool operator==(const Logged&) const = default;
};
BOOST_DESCRIBE_STRUCT(Logged, (), (issue_id, user_id, start_time, end_time, duration_seconds, description, is_billable,
                                   hourly_rate, currency))

struct Corrected {
  static constexpr std::string_view type = "time_entry.corrected";
  text::Instant start_time{};
  std::optional<text::Instant> end_time;   // none while the timer runs
  std::int64_t duration_seconds = 0;
  std::optional<std::string> description;
  bool is_billable = false;
  std::optional<Decimal> hourly_rate;
  std::optional<std::string> currency;
  bool operator==(const Corrected&) const = default;
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (start_time, end_time, duration_seconds, description, is_billable, hourly_rate, currency))

struct Removed {
  static constexpr std::string_view type = "time_entry.removed";
  bool operator==(const Removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Removed, (), ())

struct Restored {
  static constexpr std::string_view type = "time_entry.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the entry stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "time_entry.brought_forward";
  std::optional<std::int64_t> duration_seconds;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (duration_seconds))

using Event = std::variant<TimerStarted, TimerStopped, Logged, Corrected, Removed, Restored, BroughtForward>;

}  // namespace daybook::events::time_entry
