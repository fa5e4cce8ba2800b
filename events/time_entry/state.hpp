#pragma once
// A time entry after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/time_entry/events.hpp"

namespace daybook::events::time_entry {

struct Fields : Stamp {
  TimeEntryId id{};
  WorkspaceId workspace_id{};
  IssueId issue_id{};
  UserId user_id{};                            // whose time it is
  text::Instant start_time{};
  std::optional<text::Instant> end_time;       // none while the timer runs
  std::int64_t duration_seconds = 0;           // 0 while it runs
  bool is_running = false;
  std::optional<std::string> description;
  bool is_manual = false;                      // logged, without a timer
  bool is_billable = false;
  std::optional<Decimal> hourly_rate;
  std::optional<std::string> currency;         // of the rate
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;     // removed
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, issue_id, user_id, start_time, end_time, duration_seconds, is_running,
                                        description, is_manual, is_billable, hourly_rate, currency, created_by_type,
                                        created_by_id, deleted_at))

using State = Fields;

void evolve(State&, const TimerStarted&, const Envelope&);
void evolve(State&, const TimerStopped&, const Envelope&);
void evolve(State&, const Logged&, const Envelope&);
void evolve(State&, const Corrected&, const Envelope&);
void evolve(State&, const Removed&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::time_entry
