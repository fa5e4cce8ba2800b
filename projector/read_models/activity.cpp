#include "projector/read_models/activity.hpp"

#include "events/core/fields.hpp"

namespace daybook::projector {

template <>
const Table& table_of<ActivityRow>() {
  static const auto t = never_changed(table<ActivityRow>(
      11, "activity",
      {{"by_workspace", {"workspace_id"}}, {"by_project", {"project_id"}}, {"by_entity", {"entity_id"}}, {"by_actor", {"actor_id"}}},
      {"workspace_id, position", "project_id, position", "issue_id, position", "entity_id, position", "actor_id, position",
       "(read_models.number_of(id, position, 11))", "((id::text))"}));
  return t;
}

ReadModel activity() { return {{&table_of<ActivityRow>()}}; }

namespace {

void put_entry(const events::Envelope& e, const Subject& subject, StateStore& store) {
  ActivityRow row{};
  row.id = e.event_id;
  row.workspace_id = *e.workspace_id;
  row.entity_type = subject.entity_type;
  row.entity_id = events::EntityId{subject.entity};
  row.action = e.type.substr(e.type.find('.') + 1);
  row.type = e.type;
  row.actor_type = e.actor_type;
  row.actor_id = e.actor_id;
  row.project_id = subject.project;
  row.issue_id = subject.issue;
  row.details.text = subject.details.value_or(e.data);
  row.changes.text = subject.changes;
  row.owner_id = subject.owner;
  row.created_at = e.occurred_at;
  row.position = e.position;
  store.insert(row);
}

}  // namespace

void note_activity(const events::Envelope& e, const Subject& subject, StateStore& store) {
  if (!e.workspace_id || e.stream_type == events::StreamType::user || events::is_of_database(e)) return;
  put_entry(e, subject, store);
}

// Of two with one id the first stands: rows of the table are never written again.
void keep_noted(const events::access::ActivityNoted& noted, const events::Envelope& e, StateStore& store) {
  if (!e.workspace_id || store.get<ActivityRow>(noted.entry_id.value)) return;
  auto row = events::fields_as<ActivityRow, &ActivityRow::id, &ActivityRow::workspace_id, &ActivityRow::type, &ActivityRow::owner_id,
                               &ActivityRow::created_at, &ActivityRow::position>(noted);
  row.id = noted.entry_id;
  row.workspace_id = *e.workspace_id;
  row.type = noted.event_type;
  row.created_at = e.occurred_at;
  row.position = e.position;
  store.insert(row);
}

void note_import(const events::Envelope& e, StateStore& store) {
  if (e.workspace_id) put_entry(e, {"workspace", e.workspace_id->value}, store);
}

}  // namespace daybook::projector
