#pragma once
// Where a store stands, and in which log.
#include <string>

#include "events/core/id.hpp"
#include "events/core/type_info.hpp"

namespace daybook::projector {

struct Checkpoint {
  events::Position position{};
  text::Uuid log_id{};
  events::Epoch epoch{};
  std::string leaf;                 // of the event at the position, hex; empty at 0
  bool operator==(const Checkpoint&) const = default;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (position, log_id, epoch, leaf))

}  // namespace daybook::projector
