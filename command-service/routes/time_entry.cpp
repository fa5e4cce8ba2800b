// Commands about a time entry.
#include "command-service/domain/time_entry/time_entry.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> time_entry_commands() {
  using namespace domain::time_entry;
  using domain::TimeEntry;
  auto the_entry = by_id<events::TimeEntryId>("time_entry");
  the_entry.what = "time entry";
  auto view = fields_of<State>();
  view.collection = "/time-entries";
  return {
      creates<TimeEntry, StartTimer>({"POST /issues/{issue}/timer"}, view),
      creates<TimeEntry, Log>({"POST /issues/{issue}/time-entries"}, view),
      changes<TimeEntry, StopTimer>(the_entry, {"POST /time-entries/{time_entry}/stop"}, view),
      changes<TimeEntry, Correct>(the_entry, {"PATCH /time-entries/{time_entry}"}, view),
      removes<TimeEntry, Remove>(the_entry, {"DELETE /time-entries/{time_entry}"}, view),
      changes<TimeEntry, Restore>(the_entry, {"POST /time-entries/{time_entry}/restore"}, view),
  };
}

}  // namespace daybook::routes
