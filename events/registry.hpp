#pragma once
// The one list of all event types, in the order of the stream types.
#include <span>
#include <string_view>
#include <vector>

#include "events/core/event_type.hpp"

namespace daybook::events {

const std::vector<EventType>& all_event_types();
// Null for a type this binary does not know.
const EventType* find_event_type(std::string_view type);

}  // namespace daybook::events
