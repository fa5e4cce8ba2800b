#include "projector/read_models/workspace.hpp"

#include "projector/read_models/former_address.hpp"
#include "projector/read_models/label.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

using events::workspace::State;

template <class What>
Subject change_itself(const What& what, const events::Envelope& e, StateStore& store) {
  const auto row = fold_one<State, WorkspaceRow>(what, e, store);
  show_run_costs(row.before, row.after, e, store);
  note_former_address("workspace", row.before.slug, row.after.slug, e, store);
  return {"workspace", row.after.id.value, {}, {}, differences<events::workspace::Fields>(row.before, row.after)};
}

// What names a member or a label is about that; the workspace's own row stays as it is.
void apply_workspace(const events::Envelope& e, StateStore& store) {
  const auto subject = std::visit(
      [&](const auto& what) {
        if constexpr (requires { what.member_id; }) return change_part<&State::members>("member", what.member_id.value, what, e, store);
        else if constexpr (requires { what.label_id; }) return change_part<&State::labels>("label", what.label_id.value, what, e, store);
        else return change_itself(what, e, store);
      },
      read_event<events::workspace::Event>(e));
  note_activity(e, subject, store);
}

}  // namespace

template <>
const Table& table_of<WorkspaceRow>() {
  static const auto t = table<WorkspaceRow>(2, "workspaces", {{"by_slug", {"slug"}, true}}, {"slug", "(read_models.number_of(id, born, 2))", "(read_models.number_of(id, born, 49))", "((id::text))"});
  return t;
}

ReadModel workspaces() { return {{&table_of<WorkspaceRow>()}, events::StreamType::workspace, apply_workspace}; }

}  // namespace daybook::projector
