#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/text/instant.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer {

/// One command of a bulk, as the API takes it.
struct Command {
  std::string type;
  text::Uuid id;  ///< Of the new thing, or of the thing it is about.
  text::Instant occurred_at{};
  std::string data = "{}";
  int events_max = 1;     ///< It makes at most so many.
  std::int64_t line = 0;  ///< Of the change log, for messages.
};

/// Commands that belong into one atomic bulk.
using Item = std::vector<Command>;

/// Takes what a mapping makes. Called on the mapping's thread.
class CommandSink {
 public:
  virtual ~CommandSink() = default;
  virtual void item(Item item) = 0;
  /// Everything of one moment has been said.
  virtual void end_of_group() = 0;
};

}  // namespace daybook::importer
