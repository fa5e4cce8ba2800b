// Subscriptions whose period is over.
#include "command-service/reactors/billing.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

Timer ended_periods() {
  return timer_over("ended_periods", {{"subscriptions", "current_period_end", "status <> 'expired'"}},
                    [](const Due& due) { return close_periods(due.workspace, events::SubscriptionId{due.id}); });
}

}  // namespace daybook::reactors
