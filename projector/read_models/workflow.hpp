#pragma once
// Workflows, and every revision of them, whole, one row each.
#include "events/workflow/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using WorkflowRow = events::workflow::Fields;
template <> const Table& table_of<WorkflowRow>();
ReadModel workflows();

// Its id is the event's, its stamp that of its writing.
struct WorkflowVersionRow : events::Stamp {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  events::WorkflowId workflow_id{};
  std::int64_t revision = 0;
  std::string name;
  std::optional<std::string> description;
  events::workflow::Definition definition;
  std::optional<std::string> changelog;
  events::ActorType author_type = events::ActorType::system;
  std::optional<events::PrincipalId> author_id;
  bool operator==(const WorkflowVersionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowVersionRow, (events::Stamp), (id, workspace_id, workflow_id, revision, name, description, definition,
                                                            changelog, author_type, author_id))
template <> const Table& table_of<WorkflowVersionRow>();
ReadModel workflow_versions();

}  // namespace daybook::projector
