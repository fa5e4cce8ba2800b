#pragma once
// Things that lie in a project, or else in the workspace itself, as their sender chooses.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {

// The project that is named, by id or key, or nothing with the reason added to the refusals. The one in which the thing lies
// already is given back unasked.
std::optional<events::ProjectId> project_named(const std::optional<ProjectRef>& named, std::optional<events::ProjectId> standing,
                                               const CommandContext& context, const Facts& facts, FieldRefusals& refusals);

// Whether what is named is this project, whether or not it is still there: of a command that is sent again.
bool names_project(const std::optional<ProjectRef>& named, std::optional<events::ProjectId> project, const CommandContext& context,
                   const Facts& facts);

inline StreamId container_in(std::optional<events::ProjectId> project, events::WorkspaceId workspace) {
  return project ? events::stream_of(*project) : events::stream_of(workspace);
}

}  // namespace daybook::domain
