#pragma once
// What is held back of the budgets while a run goes on. It stands in execution.claimed: fixed when the run is claimed, whatever
// becomes of prices, settings and the project meanwhile.
#include "events/core/event_type.hpp"

namespace daybook::events::execution {

struct Reservation {
  std::int64_t cost_nano = 0;              // the most that it is expected to cost; 0 where nothing says how much
  std::string currency;
  std::optional<ProjectId> project_id;     // whose budget it comes from, beside the workspace's
  std::optional<AiProviderId> provider_id;
  bool operator==(const Reservation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reservation, (), (cost_nano, currency, project_id, provider_id))

}  // namespace daybook::events::execution
