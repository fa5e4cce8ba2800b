// Commands about plans, which belong to no workspace, and about how a workspace stands: a superuser's.
#include "command-service/domain/plan/plan.hpp"

#include "command-service/domain/workspace/standing.hpp"
#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::Plan;
using domain::Workspace;

// Below no workspace, and written into none.
template <class C>
Command outside(Command command) {
  command.ops.decide = [](log::Settling& settling, StreamId stream, WorkspaceId, const void* sent, const domain::CommandContext& context) -> Result<void> {
    auto events = declare::decided<Plan>(settling, stream, *static_cast<const C*>(sent), context);
    if (!events) return std::move(events.error());
    return settling.append<Plan>(stream, std::nullopt, *events);
  };
  return command;
}

// About any workspace, whether or not one is in it.
template <class C>
Command from_outside(Command command) {
  command.ops.decide = [](log::Settling& settling, StreamId stream, WorkspaceId, const void* sent, const domain::CommandContext& context) {
    return declare::decide_and_append<Workspace, C>(settling, stream, WorkspaceId{stream.value}, sent, context);
  };
  return command;
}

Target any_workspace() {
  return {"workspace", "workspace", [](std::string_view address, const domain::CommandContext&, const domain::Facts& facts) -> std::optional<StreamId> {
            const auto id = domain::find_workspace(address, facts);
            return id ? std::optional(events::stream_of(*id)) : std::nullopt;
          }};
}

}  // namespace

std::vector<Command> plan_commands() {
  using namespace domain::plan;
  const auto the_plan = by_id<events::PlanId>("plan");
  const auto view = fields_of<State>();
  return {
      outside<Publish>(creates<Plan, Publish>({"POST /plans"}, view)),
      outside<Change>(changes<Plan, Change>(the_plan, {"PATCH /plans/{plan}"}, view)),
      outside<Retire>(removes<Plan, Retire>(the_plan, {"DELETE /plans/{plan}"}, view)),
      outside<Restore>(changes<Plan, Restore>(the_plan, {"POST /plans/{plan}/restore"}, view)),
  };
}

std::vector<Command> standing_commands() {
  using namespace domain::workspace;
  const auto view = fields_of<events::workspace::State, events::workspace::Fields>();
  return {
      from_outside<SetPlan>(changes<Workspace, SetPlan>(any_workspace(), {"POST /workspaces/{workspace}/plan"}, view)),
      from_outside<SetQuota>(changes<Workspace, SetQuota>(any_workspace(), {"POST /workspaces/{workspace}/quota"}, view)),
      from_outside<Suspend>(changes<Workspace, Suspend>(any_workspace(), {"POST /workspaces/{workspace}/suspend"}, view)),
      from_outside<Resume>(changes<Workspace, Resume>(any_workspace(), {"POST /workspaces/{workspace}/resume"}, view)),
  };
}

}  // namespace daybook::routes
