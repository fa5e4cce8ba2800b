#pragma once
// Earlier short addresses: a workspace's slugs and a project's keys from before they changed. They stay claimed for ever, so
// each leads to one thing. An issue's identifier never changes and needs none.
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct FormerAddressRow {
  events::EventId id{};  // of the event that changed it
  std::string kind;      // workspace, project
  events::WorkspaceId workspace_id{};
  std::string word;
  events::EntityId holder_id{};
  events::Position born{};
  bool operator==(const FormerAddressRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FormerAddressRow, (), (id, kind, workspace_id, word, holder_id, born))

template <> const Table& table_of<FormerAddressRow>();
ReadModel former_addresses();

// Notes the address from before the event where it is another one after it.
void note_former_address(std::string_view kind, const std::string& before, const std::string& after, const events::Envelope& e,
                         StateStore& store);

}  // namespace daybook::projector
