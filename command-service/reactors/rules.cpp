// Every rule and every timer, one line each: a function of a file of its own beside this one.
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

std::vector<Rule> domain_rules() {
  return {
      unassign_who_left(),
      meter_runs(),
  };
}

std::vector<Rule> notification_rules() {
  return {
      notify_of_issues(),
      notify_of_comments(),
      notify_of_projects(),
  };
}

std::vector<Timer> all_timers(const TimerSettings& settings) {
  return {
      due_dates(settings.remind_before),
      lapsed_invitations(),
      missed_leases(),
      lapsed_api_keys(),
      ended_periods(),
  };
}

domain::CommandContext system_context(const log::Settling& settling) {
  domain::CommandContext context{};
  context.now = settling.now();
  context.origin = settling.caller().origin;
  return context;
}

}  // namespace daybook::reactors
