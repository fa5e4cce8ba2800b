#include "projector/parking.hpp"

#include "platform/text/unicode.hpp"
#include "projector/core/read_table.hpp"

namespace daybook::projector {

text::Uuid scope_of(const events::Envelope& event) {
  return event.workspace_id ? event.workspace_id->value : event.stream_id.value;
}

ParkedRow parked_at(const events::Envelope& event, std::string_view reason) {
  ParkedRow row{};
  row.id = events::EntityId{scope_of(event)};
  row.scope = event.workspace_id ? ScopeType::workspace : ScopeType::user;
  row.position = event.position;
  row.event_type = event.type;
  row.reason = reason.substr(0, parked_reason_bytes_max);
  while (!text::valid_utf8(row.reason)) row.reason.pop_back();
  row.since = event.recorded_at;
  return row;
}

std::vector<ParkedRow> parked_in(const rocks::Reader& store) {
  std::vector<ParkedRow> rows;
  for (auto at = store.seek(table_prefix(table_of<ParkedRow>())); at.valid(); at.next())
    read_row(table_of<ParkedRow>(), at.value(), &rows.emplace_back());
  return rows;
}

std::vector<ParkedRow> parked_in(pg::Connection& connection, int generation) {
  const auto found = connection.exec(
      "SELECT id, scope, position, event_type, reason, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM " +
      schema_of(generation) + ".parked ORDER BY id");
  std::vector<ParkedRow> rows;
  for (int i = 0; i < found.rows(); ++i) {
    ParkedRow& row = rows.emplace_back();
    row.id = events::EntityId::parse(found.text(i, 0)).value();
    row.scope = events::word_to<ScopeType>(found.text(i, 1)).value();
    row.position = events::Position{found.int64(i, 2)};
    row.event_type = found.text(i, 3);
    row.reason = found.text(i, 4);
    row.since = text::parse_instant(found.text(i, 5)).value();
  }
  return rows;
}

}  // namespace daybook::projector
