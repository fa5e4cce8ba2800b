#pragma once
// The parts of the prism model, for the file that puts them in order.
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models::prism {

using Table = events::NumberedTable;

// Sprints, epics, stories.
void bring_planned(Source& source, Sink& sink);
// Documents and what was generated.
void bring_written(Source& source, Sink& sink);

// Somebody of the users table; nothing, noted, where nobody is.
std::optional<events::UserId> user_in(Sink& sink, Values& values, std::string_view column);
// The project a row lies in, with its workspace; leaves the row out where there is none.
struct Project {
  events::ProjectId id{};
  events::WorkspaceId workspace{};
};
Project project_in(Sink& sink, Values& values);
// The moment of a deletion, where the row tells of one.
std::optional<text::Instant> deleted_at(Values& values);

}  // namespace daybook::importer::models::prism
