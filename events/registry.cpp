#include "events/registry.hpp"

#include "events/agent/events.hpp"
#include "events/comment/events.hpp"
#include "events/issue/events.hpp"
#include "events/project/events.hpp"
#include "events/user/events.hpp"
#include "events/workspace/events.hpp"

namespace daybook::events {
namespace {

template <class Event>
void add(std::vector<EventType>& all, StreamType stream) {
  const auto& types = event_types<Event>(stream);
  all.insert(all.end(), types.begin(), types.end());
}

}  // namespace

const std::vector<EventType>& all_event_types() {
  static const std::vector<EventType> all = [] {
    std::vector<EventType> list;
    add<user::Event>(list, StreamType::user);
    add<workspace::Event>(list, StreamType::workspace);
    add<project::Event>(list, StreamType::project);
    add<issue::Event>(list, StreamType::issue);
    add<comment::Event>(list, StreamType::comment);
    add<agent::Event>(list, StreamType::agent);
    return list;
  }();
  return all;
}

const EventType* find_event_type(std::string_view type) {
  for (const auto& known : all_event_types())
    if (known.type == type) return &known;
  return nullptr;
}

}  // namespace daybook::events
