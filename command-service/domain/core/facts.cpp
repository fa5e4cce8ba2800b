#include "command-service/domain/core/facts.hpp"

namespace daybook::domain {

namespace {

// Whether the stream and each container above it is found, and is what is asked for.
template <class Is>
bool each_above(const Facts& facts, StreamId stream, Is is) {
  std::optional<StreamId> here = stream;
  for (int depth = 0; depth < container_depth_max; ++depth) {
    const auto found = facts.reference(*here);
    if (!found || !is(*found)) return false;
    if (!found->container) return true;
    here = found->container;
  }
  return false;
}

}  // namespace

bool Facts::there(StreamId stream) const {
  return each_above(*this, stream, [](const Reference&) { return true; });
}

bool Facts::open(StreamId stream) const {
  const auto is_gone = [this](StreamId owner) {
    const auto found = reference(owner);
    return found && found->deleted;
  };
  return each_above(*this, stream, [&](const Reference& here) { return !here.deleted && !(here.owner && is_gone(*here.owner)); });
}

void owned_by_maker(const events::Envelope& birth, Effects& effects) {
  if (birth.actor_type == events::ActorType::user && birth.actor_id) effects.owned_by(StreamId{birth.actor_id->value});
}

bool Facts::usable(events::StreamType type, StreamId stream, events::WorkspaceId workspace) const {
  const auto found = reference(stream);
  return found && found->type == type && found->workspace == workspace && open(stream);
}

}  // namespace daybook::domain
