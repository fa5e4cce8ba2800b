#include "projector/read_models/audit_entry.hpp"

#include "projector/read_models/made_id.hpp"

namespace daybook::projector {
namespace {

// Words of events that tell of something that did not come about.
bool tells_of_success(std::string_view action) {
  for (const std::string_view ending : {"failed", "refused", "denied"})
    if (action.ends_with(ending)) return false;
  return true;
}

// What such an event has to tell is the entry that it brings.
bool brings_entry(const events::Envelope& e) { return e.type == events::access::ActivityNoted::type || e.type == events::access::AuditNoted::type; }

}  // namespace

template <>
const Table& table_of<AuditRow>() {
  static const auto t = never_changed(table<AuditRow>(82, "audit_entries", {}, {"workspace_id, position", "position", "actor_id, position",
                                                                        "(read_models.number_of(id, position, 33))"}));
  return t;
}

ReadModel audit_entries() { return {{&table_of<AuditRow>()}}; }

void note_audit(const events::Envelope& e, StateStore& store) {
  if (brings_entry(e)) return;
  const bool is_of_workspace = e.stream_type == events::StreamType::access && e.workspace_id;
  AuditRow row{};
  row.id = e.event_id;
  row.workspace_id = e.workspace_id;
  row.event_type = e.type;
  row.actor_type = e.actor_type;
  row.actor_id = e.actor_id;
  row.via_type = e.via_type;
  row.via_id = e.via_id;
  row.resource_type = events::word_of(is_of_workspace ? events::StreamType::workspace : e.stream_type);
  row.resource_id = events::EntityId{is_of_workspace ? e.workspace_id->value : e.stream_id.value};
  row.action = e.type.substr(e.type.find('.') + 1);
  row.success = tells_of_success(row.action);
  row.details.text = e.data.size() <= audit_details_bytes_max ? e.data : "{\"bytes\":" + std::to_string(e.data.size()) + "}";
  row.created_at = e.recorded_at;
  row.position = e.position;
  store.insert(row);
}

void keep_noted(const events::access::AuditNoted& noted, const events::Envelope& e, StateStore& store) {
  if (store.get<AuditRow>(noted.entry_id.value)) return;
  AuditRow row{};
  row.id = noted.entry_id;
  row.workspace_id = e.workspace_id;
  row.event_type = noted.event_type;
  row.actor_type = noted.actor_type;
  row.actor_id = noted.actor_id;
  row.via_type = e.via_type;
  row.via_id = e.via_id;
  row.resource_type = noted.resource_type;
  if (noted.resource_id) {
    const auto id = text::Uuid::parse(*noted.resource_id);
    row.resource_id = id ? events::EntityId{*id} : made_id(noted.resource_type + " " + *noted.resource_id);
    if (!id) row.resource_name = noted.resource_id;
  }
  row.action = noted.action;
  row.success = noted.success;
  row.details = noted.details;
  row.created_at = e.occurred_at;
  row.position = e.position;
  store.insert(row);
}

}  // namespace daybook::projector
