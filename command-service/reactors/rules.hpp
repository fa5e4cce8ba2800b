#pragma once
// What rules.cpp lists.
#include "command-service/reactors/timers.hpp"

namespace daybook::reactors {

Rule unassign_who_left();
// What a run used becomes usage records.
Rule meter_runs();
// Who is assigned, who watches, whose issue is done or nearly due.
Rule notify_of_issues();
// Who is mentioned, who is answered, who watches the issue.
Rule notify_of_comments();
// Who was taken into a project.
Rule notify_of_projects();

// What an operator sets about timers.
struct TimerSettings {
  std::chrono::seconds remind_before = std::chrono::days{1};
};
std::vector<Timer> all_timers(const TimerSettings& settings);

// Notes that a due date is near, so long before.
Timer due_dates(std::chrono::seconds before);
// Notes that the time of an invitation is over.
Timer lapsed_invitations();
// Says of runs whose lease is over that they are lost.
Timer missed_leases();
// Notes that the time of an API key is over.
Timer lapsed_api_keys();
// Renews the subscriptions whose period is over, or ends them.
Timer ended_periods();

}  // namespace daybook::reactors
