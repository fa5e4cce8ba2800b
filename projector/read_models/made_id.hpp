#pragma once
// Ids of rows that are no things of their own, such as the figures of an epic in a project.
#include <string_view>

#include "events/core/id.hpp"

namespace daybook::projector {

// Made of what the row stands for, and so the same in every replay: a UUID of version 8 (RFC 9562 §5.8).
events::EntityId made_id(std::string_view words);

}  // namespace daybook::projector
