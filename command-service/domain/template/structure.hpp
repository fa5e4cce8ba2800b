#pragma once
// What a template is made of, as it is sent and as it is kept. Private to this folder.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/template/template.hpp"

namespace daybook::domain::template_ {

using events::template_::ProjectStructure;

// As it is kept: with everything that was left out.
ProjectStructure understood(const StructureToBe& sent);

// Every mistake by its place below /project_structure. Skills have to be there for the workspace.
void check_structure(const ProjectStructure& structure, const CommandContext& context, const Facts& facts, FieldRefusals& refusals);

// The tasks in the order in which their issues are opened: as they are ordered, ties as they are listed, each behind the one above
// it. Of a structure that has been checked.
struct Step {
  const events::template_::Task* task{};
  std::optional<std::size_t> parent;  // the step of the task above it
};
std::vector<Step> steps_of(const ProjectStructure& structure);

}  // namespace daybook::domain::template_
