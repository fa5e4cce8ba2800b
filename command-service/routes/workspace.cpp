// Commands about a workspace, its members and its labels.
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::Workspace;
using WorkspaceState = events::workspace::State;

// By the member's user, which is their address, or by the membership's own id.
const events::workspace::Member* member(const WorkspaceState& workspace, text::Uuid id) {
  return events::find_in(workspace.members, [&](const auto& m) { return m.user_id.value == id || m.id.value == id; });
}
std::string user_of_member(const void* state, text::Uuid id) {
  const auto* found = member(*static_cast<const WorkspaceState*>(state), id);
  return found ? found->user_id.text() : id.text();
}

}  // namespace

std::vector<Command> workspace_commands() {
  using namespace domain::workspace;
  const auto here = of_workspace(), the_member = of_workspace("member"), the_label = of_workspace("label");
  const auto workspace_view = fields_of<WorkspaceState, events::workspace::Fields>();
  const auto label_view = part_of<WorkspaceState, events::LabelId>();
  auto member_view = part_of<WorkspaceState, member>();
  member_view.address = user_of_member;
  return {
      creates<Workspace, Create>({"POST /workspaces"}, workspace_view),
      changes<Workspace, Change>(here, {"PATCH"}, workspace_view),
      changes<Workspace, ChangeBilling>(here, {"PATCH /billing"}, workspace_view),
      removes<Workspace, Delete>(here, {"DELETE"}, workspace_view),
      changes<Workspace, Restore>(here, {"POST /restore"}, workspace_view),
      changes<Workspace, TransferOwnership>(here, {"POST /transfer-ownership"}, workspace_view),
      removes<Workspace, Leave>(here, {"POST /leave"}, workspace_view),

      adds<Workspace, AddMember>(here, {"POST /members"}, member_view),
      changes<Workspace, ChangeMember>(the_member, {"PATCH /members/{member}"}, member_view),
      removes<Workspace, RemoveMember>(the_member, {"DELETE /members/{member}"}, member_view),

      adds<Workspace, DefineLabel>(here, {"POST /labels"}, label_view),
      changes<Workspace, ChangeLabel>(the_label, {"PATCH /labels/{label}"}, label_view),
      removes<Workspace, DeleteLabel>(the_label, {"DELETE /labels/{label}"}, label_view),
      changes<Workspace, RestoreLabel>(the_label, {"POST /labels/{label}/restore"}, label_view),
  };
}

}  // namespace daybook::routes
