#pragma once
// Label links live in their issue's stream.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct IssueLabelRow : events::Stamp {
  events::LabelLinkId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::LabelId label_id{};
  bool operator==(const IssueLabelRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssueLabelRow, (events::Stamp), (id, workspace_id, issue_id, label_id))

template <> const Table& table_of<IssueLabelRow>();
ReadModel label_links();

// What an event of the issue does to its label links.
void apply_label_link(const events::issue::Event& event, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
