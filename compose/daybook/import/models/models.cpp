#include <algorithm>
#include <array>

#include "compose/daybook/import/models/each_model.hpp"

namespace daybook::importer::models {

std::span<const Model> models() {
  static const std::array all{platform_model(), workflow_manager_model(), agent_factory_model(), prism_model()};
  return all;
}

const Model* find_model(std::string_view name) {
  const auto all = models();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Model& model) { return model.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace daybook::importer::models
