#include "compose/daybook/import/parts.hpp"

#include <utility>

#include "compose/daybook/import/texts.hpp"

namespace daybook::importer {
namespace {
constexpr std::size_t around_command_bytes = 160;  // type, id, time and the names of the members
}

void PartCutter::Pile::add(Command command) {
  bytes += command.data.size() + around_command_bytes;
  events += command.events_max;
  commands.push_back(std::move(command));
}

bool PartCutter::Pile::fits(const Pile& other) const {
  return commands.size() + other.commands.size() <= part_commands_max &&
         events + other.events <= part_events_max && bytes + other.bytes <= part_bytes_max;
}

void PartCutter::item(Item item) {
  Pile next;
  for (auto& command : item) {
    // Only an item that fills a part by itself is ever cut.
    Pile one;
    one.add(command);
    if (!next.fits(one)) {
      give(closed_);
      give(open_);
      give(next);
    }
    next.add(std::move(command));
  }
  if (!open_.fits(next)) {
    give(closed_);
    give(open_);
  }
  for (auto& command : next.commands) open_.add(std::move(command));
}

void PartCutter::end_of_group() {
  if (!closed_.fits(open_)) give(closed_);
  for (auto& command : std::exchange(open_, {}).commands) closed_.add(std::move(command));
}

void PartCutter::finish() {
  give(closed_);
  give(open_);
}

void PartCutter::give(Pile& pile) {
  if (pile.commands.empty()) return;
  take_({++last_number_, std::exchange(pile, {}).commands});
}

std::string bulk_body(const Part& part, std::string_view run) {
  std::string body = R"({"atomic":true,"source":{"system":"beads","run":)" + in_quotes(run) + R"(,"seq":)" +
                     std::to_string(part.number) + R"(},"commands":[)";
  bool first = true;
  for (const auto& command : part.commands) {
    if (!std::exchange(first, false)) body += ',';
    body += R"({"type":)" + in_quotes(command.type) + R"(,"id":")" + command.id.text() + R"(","occurred_at":")" +
            text::format_instant(command.occurred_at) + R"(","data":)" + command.data + '}';
  }
  return body + "]}";
}

}  // namespace daybook::importer
