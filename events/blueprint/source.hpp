#pragma once
// What was installed, by the blueprint and its version at that time. It stays with the thing that was made, whatever becomes of the
// blueprint. Storage format, as the events that hold it.
#include <string>

#include "events/core/type_info.hpp"

namespace daybook::events::blueprint {

struct Source {
  BlueprintId blueprint_id{};
  std::string version;
  bool operator==(const Source&) const = default;
};
BOOST_DESCRIBE_STRUCT(Source, (), (blueprint_id, version))

}  // namespace daybook::events::blueprint
