#include "command-service/domain/core/facts.hpp"

namespace daybook::domain {

bool Facts::open(StreamId stream) const {
  std::optional<StreamId> here = stream;
  for (int depth = 0; depth < container_depth_max; ++depth) {
    const auto found = reference(*here);
    if (!found || found->deleted) return false;
    if (!found->container) return true;
    here = found->container;
  }
  return false;
}

bool Facts::usable(events::StreamType type, StreamId stream, events::WorkspaceId workspace) const {
  const auto found = reference(stream);
  return found && found->type == type && found->workspace == workspace && open(stream);
}

}  // namespace daybook::domain
