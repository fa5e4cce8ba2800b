#pragma once
// What a workflow does, as its sender wrote it. Storage format, as the events that hold it.
#include "events/core/type_info.hpp"

namespace daybook::events::workflow {

inline constexpr std::size_t definition_bytes_max = 512 << 10;

struct Definition : Json {
  static constexpr std::size_t bytes_max = definition_bytes_max;
  bool operator==(const Definition&) const = default;
};

}  // namespace daybook::events::workflow

namespace daybook::events::detail {

// As long as a document: lists leave it out unless it is asked for, and the activity tells of its size alone.
template <>
inline TypeInfo make_type_info<workflow::Definition>() {
  auto info = make_simple<workflow::Definition>(Shape::json);
  info.is_long = true;
  return info;
}

}  // namespace daybook::events::detail
