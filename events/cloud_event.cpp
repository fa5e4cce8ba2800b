#include "events/cloud_event.hpp"

#include "events/core/json.hpp"

namespace daybook::events {
namespace {

std::string member(std::string_view name, std::string_view value) {
  std::string out = ",\"" + std::string(name) + "\":";
  write_json_string(value, out);
  return out;
}

}  // namespace

std::string cloud_event(const LogIdentity& log, const Envelope& e) {
  std::string out = "{\"specversion\":\"1.0\"";
  out += member("id", e.event_id.text()) + member("source", "/logs/" + log.log_id.text()) + member("type", e.type) +
         member("subject", e.stream_id.text()) + member("time", text::format_instant(e.recorded_at)) +
         member("datacontenttype", "application/json") + ",\"position\":" + std::to_string(e.position.value) +
         ",\"streamversion\":" + std::to_string(e.stream_version.value) +
         ",\"schemaversion\":" + std::to_string(e.schema_version) + member("actortype", word_of(e.actor_type));
  if (e.actor_id) out += member("actorid", e.actor_id->text());
  return out + member("occurredat", text::format_instant(e.occurred_at)) + ",\"data\":" + e.data + "}";
}

}  // namespace daybook::events
