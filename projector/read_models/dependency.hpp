#pragma once
// Dependencies live in the stream of the issue they are written on.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct DependencyRow : events::Stamp {
  events::DependencyId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::IssueId depends_on_id{};
  events::issue::DependencyType dependency_type{};
  bool operator==(const DependencyRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DependencyRow, (events::Stamp), (id, workspace_id, issue_id, depends_on_id, dependency_type))

template <> const Table& table_of<DependencyRow>();
ReadModel dependencies();

// What an event of the issue does to its dependencies.
void apply_dependency(const events::issue::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
