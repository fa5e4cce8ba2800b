// Runs whose lease is over: whoever worked on them is gone.
#include "command-service/domain/execution/execution.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

Timer missed_leases() {
  return timer_over("missed_leases", {{"executions", "lease_expires_at", "lease_expires_at IS NOT NULL"}}, [](const Due& due) {
    return item<domain::Execution>(due.workspace, events::stream_of(events::ExecutionId{due.id}), domain::execution::Lose{});
  });
}

}  // namespace daybook::reactors
