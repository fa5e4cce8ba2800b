#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/daybook/import/command.hpp"

namespace daybook::importer {

/// Commands for one atomic bulk. Numbered from 1; the number and the run are what the server knows it by.
struct Part {
  std::int64_t number = 0;
  std::vector<Command> commands;
};

/// Limits of one bulk: the server takes 500 commands, 2,000 events and 8 MiB.
inline constexpr std::size_t part_commands_max = 400;
inline constexpr int part_events_max = 1800;
inline constexpr std::size_t part_bytes_max = 6u << 20;

/// Cuts commands into parts at the ends of groups; a group too large for one part is cut between items. Where
/// it cuts depends on the commands alone, so that the same log always gives the same parts. Holds at most two
/// parts; one thread.
class PartCutter : public CommandSink {
 public:
  explicit PartCutter(std::function<void(Part)> take) : take_(std::move(take)) {}

  void item(Item item) override;
  void end_of_group() override;
  /// Gives away what is left.
  void finish();

 private:
  struct Pile {
    std::vector<Command> commands;
    std::size_t bytes = 0;
    int events = 0;

    void add(Command command);
    [[nodiscard]] bool fits(const Pile& other) const;
  };

  void give(Pile& pile);

  std::function<void(Part)> take_;
  Pile closed_;  // whole groups
  Pile open_;    // of the group that is not at its end
  std::int64_t last_number_ = 0;
};

/// The body of the request that carries a part.
[[nodiscard]] std::string bulk_body(const Part& part, std::string_view run);

}  // namespace daybook::importer
