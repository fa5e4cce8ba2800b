#include "projector/read_models/agent.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

const Resource& agents() {
  static const Resource resource{
      .what = "agent",
      .title = "Agent",
      .path = "agents",
      .parameter = "agent",
      .table = "agents",
      .row = &events::type_info<projector::AgentRow>(),
      .stored = projector::table_of<projector::AgentRow>,
      .filters = {{"status", "status", "idle, active, working, busy, blocked, error, offline, several by commas."},
                  {"owner", "owner_id", "Owned by these users."}},
      .sorts = {"name", "created_at", "updated_at"},
      .default_sort = "created_at",
      .references = {{"owner", "owner_id", {{"", people}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"executions", executions, "t.agent_id = $parent"}}};
  return resource;
}

}  // namespace daybook::query
