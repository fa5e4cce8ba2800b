#include "projector/addresses.hpp"

#include "events/access/events.hpp"
#include "events/core/json.hpp"
#include "events/user/events.hpp"
#include "projector/core/generations.hpp"

namespace daybook::projector {
namespace {

constexpr std::string_view address_path = "/address";

std::vector<events::SealedField> sealed_in(const events::Envelope& event) {
  std::vector<events::SealedField> fields;
  if (!event.personal || !events::from_json(*event.personal, fields, events::Reading::lenient))
    throw events::UnreadableEvent("event " + std::to_string(event.position.value) + " has personal fields that cannot be read");
  return fields;
}

// Another system's entry has an id of its own; every other is its event's.
events::EventId entry_of(const events::Envelope& event) {
  using events::access::AuditNoted;
  if (event.type != AuditNoted::type) return event.event_id;
  const auto read = events::decode<events::access::Event>(event.stream_type, event, events::LeaveSealed{});
  return std::get<AuditNoted>(read).entry_id;
}

}  // namespace

bool shows_address(const events::Envelope& event) {
  return event.personal && (event.stream_type == events::StreamType::access || event.type == events::user::SessionStarted::type);
}

void open_addresses(pg::Connection& connection, int generation, const std::vector<events::Envelope>& batch, const events::PersonalOpener& opener) {
  std::vector<std::string> entries, subjects, addresses;
  for (const auto& event : batch) {
    if (!shows_address(event)) continue;
    for (const auto& field : sealed_in(event)) {
      if (field.path != address_path) continue;
      const auto address = opener.open(event, field);
      if (address.state != events::Personal::State::open || address.text.empty()) continue;
      entries.push_back(entry_of(event).text());
      subjects.push_back(field.subject.text());
      addresses.push_back(address.text);
    }
  }
  if (entries.empty()) return;
  connection.exec_prepared("INSERT INTO " + schema_of(generation) +
                               ".audit_addresses (entry_id, subject, address) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[])"
                               " ON CONFLICT (entry_id) DO UPDATE SET address = EXCLUDED.address",
                           pg::Params().text_array(entries).text_array(subjects).text_array(addresses));
}

void forget_addresses(pg::Connection& connection, int generation, events::StreamId subject) {
  const auto schema = schema_of(generation);
  connection.exec_prepared("DELETE FROM " + schema + ".audit_addresses WHERE subject = $1::uuid OR entry_id IN (SELECT id FROM " + schema +
                               ".audit_entries WHERE actor_type = 'user' AND actor_id = $1::uuid)",
                           pg::Params().text(subject.text()));
}

}  // namespace daybook::projector
