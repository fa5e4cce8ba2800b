#include "projector/read_models/time_entry.hpp"

#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"
#include "projector/read_models/worked_time.hpp"

namespace daybook::projector {
namespace {

std::int64_t counted_seconds(const TimeEntryRow& entry) { return entry.deleted_at ? 0 : entry.duration_seconds; }

void apply_time_entry(const events::Envelope& e, StateStore& store) {
  const auto [before, after] = fold_row<events::time_entry::State, TimeEntryRow>(read_event<events::time_entry::Event>(e), e, store);
  add_worked_time(after.issue_id, counted_seconds(after) - counted_seconds(before), e, store);
  if (before.description != after.description) put_search(e, {.issue = after.issue_id, .deleted_at = after.deleted_at, .metadata = {.issue_id = after.issue_id}}, "", after.description.value_or(""), store);
  const auto issue = store.get<IssueRow>(after.issue_id.value);
  note_activity(e, {"time_entry", after.id.value, issue ? issue->project_id : std::nullopt, after.issue_id, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<TimeEntryRow>() {
  static const auto t = table<TimeEntryRow>(33, "time_entries", {{"by_issue", {"issue_id"}}},
                                            {"workspace_id, start_time, id", "workspace_id, created_at, id", "workspace_id, updated_at, id",
                                             "workspace_id, duration_seconds, id", "issue_id, start_time, id", "user_id, start_time, id",
                                             "(read_models.number_of(id, born, 8))"});
  return t;
}

ReadModel time_entries() { return {{&table_of<TimeEntryRow>()}, events::StreamType::time_entry, apply_time_entry}; }

}  // namespace daybook::projector
