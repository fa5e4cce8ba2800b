#include "schemas/api/openapi_parts.hpp"

#include <stdexcept>
#include <string>

namespace daybook::api {
namespace json = boost::json;

const std::string_view problem_schema =
    R"({"type":"object","properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},)"
    R"("status":{"type":"integer","minimum":400,"maximum":599},"detail":{"type":"string"},"instance":{"type":"string"},)"
    R"("code":{"type":"string","pattern":"^[a-z0-9]+(-[a-z0-9]+)*$","description":"Stable; docs/errors.md lists all."},)"
    R"("request_id":{"type":"string"},"current_version":{"type":"integer"},)"
    R"("errors":{"type":"array","items":{"type":"object","properties":{)"
    R"("pointer":{"type":"string","description":"A JSON pointer into the body, or the name of a parameter or header field."},)"
    R"("code":{"type":"string"},"detail":{"type":"string"}},"required":["pointer","code","detail"],"additionalProperties":false}}},)"
    R"("required":["type","title","status","detail","code"],"additionalProperties":false})";

const std::string_view page_schema =
    R"({"type":"object","properties":{"next":{"type":["string","null"],"description":"The cursor of the page after this one."},)"
    R"("prev":{"type":["string","null"]},"limit":{"type":"integer","minimum":1,"maximum":200},)"
    R"("count":{"type":"integer","minimum":0,"description":"When it was asked for."},"count_is":{"enum":["exact","estimate"]}},)"
    R"("required":["next","prev","limit"],"additionalProperties":false})";

const std::string_view openapi_description =
    "Commands change things and answer with the position of the log at which they stand; queries read, at a position one may "
    "ask for. Bodies are JSON and read strictly; unset fields of replies are null. Every error is a problem document (RFC 9457).";

json::object reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

namespace {

struct Field {
  std::string_view name, component, description, schema;
  bool required = true;   // wherever it is referred to
};

constexpr Field fields[] = {
    {"ETag", "ETag", "The version of the thing; a query's also names the position that last changed the row, that of a list its content.",
     R"({"type":"string","pattern":"^\"[0-9A-Za-z_-]+\"$"})"},
    {"Daybook-Position", "Position", "The position of the log that the reply shows.", R"({"type":"string","pattern":"^[0-9]+$"})"},
    {"Daybook-Log", "Log", "The log's id and epoch: positions compare within one.", R"({"type":"string","pattern":"^[0-9a-f-]{36}\\.[0-9]+$"})"},
    {"Location", "Location", "The address of the new thing.", R"({"type":"string","format":"uri-reference"})"},
    {"Link", "Link", "The pages beside this one (RFC 8288).", R"({"type":"string"})", false},
    {"Cache-Control", "CacheControl", "Replies that hold credentials are not to be stored.", R"({"const":"no-store"})"},
    {"X-Request-Id", "RequestId", "The caller's own, or one that was made.", R"({"type":"string","minLength":1,"maxLength":128})"},
    {"Retry-After", "RetryAfter", "Seconds after which to come again.", R"({"type":"string","pattern":"^[0-9]+$"})"},
    {"WWW-Authenticate", "WWWAuthenticate", "How to sign in (RFC 6750).", R"({"type":"string","pattern":"^Bearer"})"},
};

const Field& find_field(std::string_view name) {
  for (const auto& field : fields)
    if (field.name == name) return field;
  throw std::logic_error("describe the header field " + std::string(name) + " in openapi_parts.cpp");
}

json::object request_field(std::string_view name, std::string_view description, std::string_view schema) {
  return {{"name", name}, {"in", "header"}, {"description", description}, {"schema", json::parse(std::string(schema))}};
}

json::object request_fields() {
  return {
      {"RequestId", request_field("X-Request-Id", "Kept and sent back, so that both sides' logs meet.", R"({"type":"string","maxLength":128})")},
      {"IdempotencyKey", request_field("Idempotency-Key", "Repeats of a request with the same key and body are carried out once.",
                                       R"({"type":"string","minLength":1,"maxLength":257})")},
      {"IfMatch", request_field("If-Match", "The version the change is based on, as an ETag told it; * for any.",
                                R"({"type":"string","pattern":"^(\\*|\"v[0-9]+(-.*)?\")$"})")},
      {"IfNoneMatch", request_field("If-None-Match", "304 when the thing still has this ETag.", R"({"type":"string"})")},
      {"Prefer", request_field("Prefer", "return=minimal does not wait for the read models.", R"({"type":"string"})")},
      {"MinPosition", request_field("Daybook-Min-Position", "Waits until the read models have reached this position.",
                                    R"({"type":"string","pattern":"^[0-9]+$"})")},
      {"Log", request_field("Daybook-Log", "The log that positions of the request are of; another one is 410.", R"({"type":"string"})")},
      {"LastEventId", request_field("Last-Event-ID", "The position of the last event that was received.", R"({"type":"string","pattern":"^[0-9]+$"})")},
  };
}

json::object problem_response(const Refusal& refusal) {
  json::object headers;
  // A body that is too large is refused while it is read, before the request has an id.
  if (refusal.status != 413) headers["X-Request-Id"] = openapi_header("X-Request-Id");
  if (!refusal.field.empty()) headers[refusal.field] = openapi_header(refusal.field);
  return {{"description", refusal.description},
          {"headers", headers},
          {"content", {{"application/problem+json", {{"schema", reference("schemas", "Problem")}}}}}};
}

}  // namespace

json::object openapi_header(std::string_view field) { return reference("headers", find_field(field).component); }

json::object path_parameter(std::string_view name) {
  json::object parameter{{"name", name}, {"in", "path"}, {"required", true}};
  const auto by_short_address = [&](std::string_view description) {
    parameter["description"] = description;
    parameter["schema"] = json::object{{"type", "string"}};
    return parameter;
  };
  if (name == "workspace") return by_short_address("Id or slug.");
  if (name == "project") return by_short_address("Id or key.");
  if (name == "issue") return by_short_address("Id or identifier, such as ABC-12.");
  if (name == "emoji" || name == "tag") return by_short_address("Itself, percent-encoded.");
  if (name == "token") return by_short_address("What the mail holds.");
  parameter["description"] = name == "member" ? "The user's id." : "Id.";
  parameter["schema"] = json::object{{"type", "string"}, {"format", "uuid"}};
  return parameter;
}

json::object openapi_components() {
  json::object headers, responses;
  for (const auto& field : fields)
    headers[field.component] = {{"description", field.description}, {"required", field.required}, {"schema", json::parse(std::string(field.schema))}};
  for (const auto& refusal : refusals) responses[refusal.name] = problem_response(refusal);
  responses["NotModified"] = {{"description", "It still has the ETag of If-None-Match."},
                              {"headers", {{"X-Request-Id", openapi_header("X-Request-Id")}, {"ETag", openapi_header("ETag")}}}};
  return {{"schemas", json::object()},
          {"parameters", request_fields()},
          {"headers", headers},
          {"responses", responses},
          {"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"description", "An access token, an API key (dbk_) or an agent's token (dba_)."}}}}}};
}

}  // namespace daybook::api
