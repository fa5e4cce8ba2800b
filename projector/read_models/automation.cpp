#include "projector/read_models/automation.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_automation(const events::Envelope& e, StateStore& store) {
  const auto [before, after] = fold_row<events::automation::State, AutomationRow>(read_event<events::automation::Event>(e), e, store);
  note_activity(e, {"automation", after.id.value, after.project_id, {}, differences(before, after), {}, owner_of(after.created_by_type, after.created_by_id)},
                store);
}

}  // namespace

template <>
const Table& table_of<AutomationRow>() {
  static const auto t = table<AutomationRow>(
      43, "automations", {},
      {"workspace_id, name COLLATE \"C\", id",
       "workspace_id, created_at, id",
       "workspace_id, updated_at, id",
       "workspace_id, run_count, id",
       "workspace_id, ((last_run_at IS NULL)::int), last_run_at, id",
       "workspace_id, ((last_run_at IS NOT NULL)::int), last_run_at, id",
       "project_id",
       "created_by_id",
       "(read_models.number_of(id, born, 12))"});
  return t;
}

ReadModel automations() { return {{&table_of<AutomationRow>()}, events::StreamType::automation, apply_automation}; }

}  // namespace daybook::projector
