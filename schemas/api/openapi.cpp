// OpenAPI 3.1 of the declared routes: what the router accepts is what this says.
#include <map>

#include "schemas/api/api.hpp"

namespace daybook::api {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  events::write_json_string(text, out);
  return out;
}

std::string parameter(std::string_view name, std::string_view in, bool required, std::string_view description, std::string_view schema) {
  return "{\"name\":" + quoted(name) + ",\"in\":" + quoted(in) + (required ? ",\"required\":true" : "") +
         ",\"description\":" + quoted(description) + ",\"schema\":" + std::string(schema) + "}";
}

std::string list_of_text(const std::string& schema) { return R"({"type":"array","items":)" + schema + "}"; }

std::string parameters(const Route& route) {
  std::string out;
  const auto add = [&](std::string item) { out += (out.empty() ? "" : ",") + item; };
  for (std::size_t open = route.path.find('{'); open != route.path.npos; open = route.path.find('{', open + 1)) {
    const auto close = route.path.find('}', open);
    add(parameter(route.path.substr(open + 1, close - open - 1), "path", true, "Id, or the short address where there is one.",
                  R"({"type":"string"})"));
  }
  for (const auto& p : route.parameters)
    add(parameter(p.name, "query", false, p.description, p.repeatable ? list_of_text(std::string(p.schema)) : std::string(p.schema)));
  if (route.signed_in && route.method != "GET") {
    add(parameter("Idempotency-Key", "header", false, "Repeats of a request with the same key and body are carried out once.", R"({"type":"string","maxLength":255})"));
    add(parameter("If-Match", "header", false, "The version the change is based on.", R"({"type":"string"})"));
  }
  return "[" + out + "]";
}

std::string reply_schema(const Route& route) {
  if (route.reply == nullptr) return "{}";
  const auto one = route.reply_schema.empty() ? events::json_schema(*route.reply, true) : std::string(route.reply_schema);
  if (!route.many) return one;
  return R"({"type":"object","properties":{"data":{"type":"array","items":)" + one +
         R"(},"page":{"type":"object","properties":{"next":{"type":["string","null"]},"prev":{"type":["string","null"]},"limit":{"type":"integer"},"count":{"type":"integer"},"count_is":{"enum":["exact","estimate"]}},"required":["next","prev","limit"]}},"required":["data","page"]})";
}

std::string responses(const Route& route) {
  std::string out = "{" + quoted(std::to_string(route.status)) + ":{\"description\":\"Success.\"";
  if (route.status != 204 && route.reply != nullptr)
    out += ",\"content\":{" + quoted(route.reply_type) + ":{\"schema\":" + reply_schema(route) + "}}";
  out += "},\"default\":{\"description\":\"A problem document (RFC 9457).\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}}";
  return out;
}

std::string operation(const Route& route) {
  std::string out = "{\"operationId\":" + quoted(route.id) + ",\"summary\":" + quoted(route.summary) + ",\"tags\":[" + quoted(route.tag) + "]";
  if (!route.permission.empty()) out += ",\"x-permission\":" + quoted(route.permission);
  out += ",\"parameters\":" + parameters(route);
  if (route.body != nullptr)
    out += ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":" + events::json_schema(*route.body, false) + "}}}";
  if (!route.signed_in) out += ",\"security\":[]";
  return out + ",\"responses\":" + responses(route) + "}";
}

constexpr std::string_view problem_schema =
    R"({"type":"object","properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"instance":{"type":"string"},"code":{"type":"string"},"request_id":{"type":"string"},"current_version":{"type":"integer"},"errors":{"type":"array","items":{"type":"object","properties":{"pointer":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}},"required":["pointer","code","detail"]}}},"required":["type","title","status","detail","code"]})";

std::string lower(std::string_view word) {
  std::string out(word);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

}  // namespace

std::string Api::openapi() const {
  std::map<std::string_view, std::string> paths;
  for (const auto& route : routes_) {
    auto& item = paths[route.path];
    item += (item.empty() ? "" : ",") + quoted(lower(route.method)) + ":" + operation(route);
  }
  std::string out = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":" + quoted(title_) +
                    ",\"version\":\"1\",\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},\"paths\":{";
  bool first = true;
  for (const auto& [path, item] : paths) {
    out += (first ? "" : ",") + quoted(path) + ":{" + item + "}";
    first = false;
  }
  out += R"(},"components":{"schemas":{"Problem":)" + std::string(problem_schema) +
         R"(},"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}}},"security":[{"bearer":[]}]})";
  return out;
}

}  // namespace daybook::api
