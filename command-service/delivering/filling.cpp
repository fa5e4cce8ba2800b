#include "command-service/delivering/filling.hpp"

#include <algorithm>

#include "command-service/log/pg_rows.hpp"

namespace daybook::delivering {
namespace {

Entry entry_of(const Receiver& receiver, const Told& event) { return {receiver.webhook, receiver.workspace, event.event, event.position, event.type}; }

std::vector<events::WorkspaceId> workspaces_of(const std::vector<Told>& told) {
  std::vector<events::WorkspaceId> all;
  for (const auto& event : told) all.push_back(event.workspace);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Positions have no gap and their times never go back, so the first of a time is found by halving.
events::Position before_time(pg::Connection& connection, text::Instant since, events::Position upto) {
  std::int64_t low = 0, high = upto.value;
  while (low < high) {
    const auto middle = low + (high - low + 1) / 2;
    const auto row = connection.exec_prepared("SELECT recorded_at FROM log.events WHERE position = $1", pg::Params().int64(middle));
    if (!row.empty() && log::instant_at(row, 0, 0) < since) low = middle;
    else high = middle - 1;
  }
  return events::Position{low};
}

}  // namespace

void fill(pg::Connection& connection, ReadModels& read, const Stretch& stretch, text::Instant now) {
  const auto told = read.told(stretch, std::nullopt, static_cast<std::size_t>(positions_at_a_time));
  if (told.empty()) return;
  const auto receivers = read.receivers(workspaces_of(told));
  std::vector<Entry> entries;
  for (const auto& event : told)
    for (const auto& receiver : receivers) {
      if (receiver.born >= event.position || !is_for(receiver, event)) continue;
      entries.push_back(entry_of(receiver, event));
      if (entries.size() < entries_at_a_time_max) continue;
      enqueue(connection, entries, now);
      entries.clear();
    }
  enqueue(connection, entries, now);
}

Replayed replay(pg::Connection& connection, ReadModels& read, const Replay& what, text::Instant now) {
  const auto shown = read.position();
  const auto last = std::min(what.to.value_or(shown), shown);
  const auto first = what.since ? before_time(connection, *what.since, shown) : events::Position{std::max<std::int64_t>(0, what.from.value_or(events::Position{1}).value - 1)};
  Replayed done{0, first, first >= last};
  for (std::int64_t seen = 0; !done.is_complete && seen < replay_events_max && static_cast<std::size_t>(done.queued) < replayed_max;) {
    const auto told = read.told({done.to_position, last}, what.to_whom.workspace, entries_at_a_time_max);
    std::vector<Entry> entries;
    for (const auto& event : told)
      if (is_for(what.to_whom, event)) entries.push_back(entry_of(what.to_whom, event));
    done.queued += static_cast<std::int64_t>(enqueue_again(connection, entries, now));
    seen += static_cast<std::int64_t>(told.size());
    done.is_complete = told.size() < entries_at_a_time_max;
    done.to_position = done.is_complete ? last : told.back().position;
  }
  return done;
}

}  // namespace daybook::delivering
