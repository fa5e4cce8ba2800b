#include "schemas/asyncapi/asyncapi.hpp"

#include <boost/json.hpp>

#include "events/kafka_message.hpp"
#include "events/registry.hpp"

namespace daybook::asyncapi {
namespace {

namespace json = boost::json;

constexpr std::string_view description =
    "Every accepted command becomes events in one log, ordered by position without a gap. They are published to a Kafka topic "
    "as CloudEvents in binary mode, and shown to the members of a workspace as server-sent events once queries show them too. "
    "Consumers pass over members and types they do not know: both are added without notice, neither is ever changed.";

json::object reference(const std::string& path) { return {{"$ref", "#/" + path}}; }

// ---- the topic ---------------------------------------------------------------------------------------------------

struct Header {
  std::string_view name, schema;
  bool always = true;
};
constexpr std::string_view uuid = R"({"type":"string","format":"uuid"})", number = R"({"type":"string","pattern":"^[0-9]+$"})",
                           time = R"({"type":"string","format":"date-time"})", words = R"({"type":"string"})";
constexpr Header headers[] = {
    {"content-type", R"({"const":"application/json"})"},
    {"ce_specversion", R"({"const":"1.0"})"},
    {"ce_id", uuid},
    {"ce_source", R"({"type":"string","pattern":"^/logs/[0-9a-f-]{36}$","description":"The log; another one has other positions."})"},
    {"ce_type", words},
    {"ce_subject", R"({"type":"string","format":"uuid","description":"The stream."})"},
    {"ce_time", time},
    {"ce_occurredat", time},
    {"ce_position", R"({"type":"string","pattern":"^[0-9]+$","description":"Orders all events of the log: 1, 2, 3, …"})"},
    {"ce_epoch", R"({"type":"string","pattern":"^[0-9]+$","description":"Grows when the log was restored; positions compare within one."})"},
    {"ce_streamtype", words},
    {"ce_streamversion", number},
    {"ce_schemaversion", number},
    {"ce_actortype", words},
    {"ce_viatype", words},
    {"ce_origin", words},
    {"ce_correlationid", uuid},
    {"ce_depth", number},
    {"prev", R"({"type":"string","pattern":"^[0-9]+$","description":"Position of the message before this one in its partition; 0: the first."})"},
    {"leaf", R"({"type":"string","pattern":"^[0-9a-f]{64}$","description":"SHA-256 of everything else: the leaf of the log's Merkle tree."})"},
    {"ce_workspaceid", uuid, false},
    {"ce_actorid", uuid, false},
    {"ce_viaid", uuid, false},
    {"ce_causationid", uuid, false},
    {"personal", R"({"type":"string","description":"Sealed fields of persons; unreadable without the keys."})", false},
};

json::object header_schema() {
  json::object properties;
  json::array required;
  for (const auto& header : headers) {
    properties[header.name] = json::parse(std::string(header.schema));
    if (header.always) required.push_back(json::string(header.name));
  }
  return {{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}};
}

json::object topic(const json::object& messages) {
  const json::object settings{{"cleanup.policy", {"delete"}}, {"retention.ms", -1}, {"retention.bytes", -1},
                              {"max.message.bytes", 8388608}};
  return {{"address", std::string(events::events_topic)},
          {"description", "All events of a workspace are in one partition, in order; so are those of a stream outside any. The key is "
                          "the workspace's id, or the stream's."},
          {"servers", {reference("servers/kafka")}},
          {"messages", messages},
          {"bindings", {{"kafka", {{"partitions", 12}, {"topicConfiguration", settings}, {"bindingVersion", "0.5.0"}}}}}};
}

// ---- the live stream ---------------------------------------------------------------------------------------------

json::object cloud_event() {
  const auto integer = json::object{{"type", "integer"}, {"minimum", 1}};
  const auto text = json::parse(std::string(words));
  return {{"type", "object"},
          {"properties",
           {{"specversion", {{"const", "1.0"}}}, {"id", json::parse(std::string(uuid))}, {"source", text}, {"type", text},
            {"subject", json::parse(std::string(uuid))}, {"time", json::parse(std::string(time))},
            {"datacontenttype", {{"const", "application/json"}}}, {"position", integer}, {"streamversion", integer},
            {"schemaversion", integer}, {"actortype", text}, {"actorid", json::parse(std::string(uuid))},
            {"occurredat", json::parse(std::string(time))}, {"data", {{"type", "object"}}}}},
          {"required", {"specversion", "id", "source", "type", "subject", "time", "datacontenttype", "position", "streamversion",
                        "schemaversion", "actortype", "occurredat", "data"}}};
}

json::object live(const json::object& messages) {
  return {{"address", "/api/v1/workspaces/{workspace}/events"},
          {"description", "text/event-stream: `id` is the position, `event` the type, `data` the message. Goes on after Last-Event-ID."},
          {"servers", {reference("servers/http")}},
          {"parameters", {{"workspace", {{"description", "Id or slug of a workspace one is a member of."}}}}},
          {"messages", messages}};
}

// ---- both --------------------------------------------------------------------------------------------------------

std::string schema_name(const events::EventType& type) { return std::string(type.type) + ".v" + std::to_string(type.version); }
// Users stand outside workspaces.
bool is_shown_live(const events::EventType& type) { return type.stream != events::StreamType::user; }

json::object topic_message(const events::EventType& type) {
  const json::object own{{"properties", {{"ce_type", {{"const", type.type}}}, {"ce_schemaversion", {{"const", std::to_string(type.version)}}}}}};
  return {{"name", type.type},
          {"title", std::string(type.type) + ", version " + std::to_string(type.version)},
          {"contentType", "application/json"},
          {"headers", {{"allOf", {reference("components/schemas/kafka-headers"), own}}}},
          {"payload", reference("components/schemas/" + schema_name(type))},
          {"bindings", {{"kafka", {{"key", json::parse(std::string(uuid))}, {"bindingVersion", "0.5.0"}}}}}};
}

json::object live_message(const events::EventType& type) {
  const json::object own{{"properties", {{"type", {{"const", type.type}}}, {"data", reference("components/schemas/" + schema_name(type))}}}};
  return {{"name", type.type},
          {"title", std::string(type.type) + ", live"},
          {"contentType", "application/cloudevents+json"},
          {"payload", {{"allOf", {reference("components/schemas/cloud-event"), own}}}}};
}

json::object operation(std::string_view summary, const std::string& channel) {
  return {{"action", "send"}, {"summary", summary}, {"channel", reference("channels/" + channel)}};
}

}  // namespace

std::string document() {
  json::object schemas{{"kafka-headers", header_schema()}, {"cloud-event", cloud_event()}};
  json::object messages, in_topic, shown_live;
  for (const auto& type : events::all_event_types()) {
    schemas[schema_name(type)] = json::parse(events::json_schema(*type.info, false, events::Reading::lenient));
    const std::string name(type.type);
    messages[name] = topic_message(type);
    in_topic[name] = reference("components/messages/" + name);
    if (!is_shown_live(type)) continue;
    messages[name + ".live"] = live_message(type);
    shown_live[name] = reference("components/messages/" + name + ".live");
  }
  return json::serialize(json::object{
      {"asyncapi", "3.0.0"},
      {"info", {{"title", "Daybook's events"}, {"version", "1"}, {"description", description},
                {"license", {{"name", "Apache-2.0"}, {"url", "https://www.apache.org/licenses/LICENSE-2.0"}}}}},
      {"defaultContentType", "application/json"},
      {"servers", {{"kafka", {{"host", "127.0.0.1:9092"}, {"protocol", "kafka"}, {"description", "The brokers of the deployment."}}},
                   {"http", {{"host", "127.0.0.1:8000"}, {"protocol", "http"}, {"description", "Where the deployment serves its API."},
                             {"security", {reference("components/securitySchemes/bearer")}}}}}},
      {"channels", {{"events", topic(in_topic)}, {"workspaceEvents", live(shown_live)}}},
      {"operations", {{"publishEvents", operation("Publishes every event of the log, at least once, in order.", "events")},
                      {"tailWorkspace", operation("Shows a workspace's events to its members, each once queries show it.", "workspaceEvents")}}},
      {"components", {{"messages", messages}, {"schemas", schemas},
                      {"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}}}}}}});
}

}  // namespace daybook::asyncapi
