#include "command-service/domain/core/placed.hpp"

namespace daybook::domain {

std::optional<events::ProjectId> project_named(const std::optional<ProjectRef>& named, std::optional<events::ProjectId> standing,
                                               const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  if (!named) return std::nullopt;
  const auto workspace = workspace_of(context).id;
  const auto id = find_project(named->text, workspace, facts);
  if (id && id == standing) return id;
  if (id && facts.usable(events::StreamType::project, events::stream_of(*id), workspace)) return id;
  refusals.add("/project_id", "unknown-reference", "There is no such project in this workspace.");
  return std::nullopt;
}

bool names_project(const std::optional<ProjectRef>& named, std::optional<events::ProjectId> project, const CommandContext& context,
                   const Facts& facts) {
  if (!named) return !project;
  return project && find_project(named->text, workspace_of(context).id, facts) == project;
}

}  // namespace daybook::domain
