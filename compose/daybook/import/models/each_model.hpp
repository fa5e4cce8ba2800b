#pragma once
// The models that can be brought in, each in files of its own name beside this one.
#include "compose/daybook/import/models/run.hpp"

namespace daybook::importer::models {

Model platform_model();
Model workflow_manager_model();
Model agent_factory_model();
Model prism_model();

}  // namespace daybook::importer::models
