// OpenAPI 3.1 of the declared routes: what the router accepts and the handlers answer is what this says. A type that a
// reply shows becomes a named schema, and so does every body, so that generated clients have names for them.
#include <algorithm>
#include <boost/core/demangle.hpp>
#include <boost/json.hpp>
#include <map>
#include <stdexcept>

#include "schemas/api/api.hpp"
#include "schemas/api/example.hpp"
#include "schemas/api/openapi_parts.hpp"

namespace daybook::api {
namespace {

namespace json = boost::json;

std::string capitalised(std::string_view word) {
  std::string out(word);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

// daybook::events::issue::Fields is "Issue", daybook::projector::IssueLabelRow is "IssueLabel".
std::string name_of(const events::TypeInfo& record) {
  const auto full = boost::core::demangle(record.cpp_type->name());
  const auto last = full.rfind("::");
  auto name = full.substr(last == full.npos ? 0 : last + 2);
  if (name == "Fields" || name == "State") {
    const auto before = full.rfind("::", last - 1);
    return capitalised(std::string_view(full).substr(before + 2, last - before - 2));
  }
  if (name.ends_with("Row")) name.resize(name.size() - 3);
  return name;
}

bool changes_things(const Route& route) { return route.method != "GET"; }
bool is_command(const Route& route) { return changes_things(route) && route.signed_in; }
bool is_query(const Route& route) { return !changes_things(route) && route.signed_in; }

const events::FieldInfo* find_field(const Route& route, std::string_view name) {
  if (route.reply == nullptr || route.reply->shape != events::Shape::record) return nullptr;
  for (const auto& field : route.reply->fields)
    if (field.name == name) return &field;
  return nullptr;
}

Route as_known(Route route) {
  route.status = 200;
  return route;
}

bool takes_nothing(const events::TypeInfo& body) { return body.shape == events::Shape::record && body.fields.empty(); }

bool something_is_required(const events::TypeInfo& body) {
  return std::any_of(body.fields.begin(), body.fields.end(), [](const auto& field) { return !events::may_be_absent(*field.type); });
}

// A command shows a thing's own fields, a query everything that can be asked of it.
std::string reply_name(const Route& route) {
  const auto name = name_of(*route.reply);
  return is_query(route) || !route.signed_in || name.ends_with("Reply") ? name : name + "Reply";
}

class Document {
 public:
  explicit Document(const std::vector<Route>& routes) {
    for (const auto& route : routes) {
      paths_[std::string(route.path)][lower(route.method)] = operation(route);
      if (std::find(tags_.begin(), tags_.end(), route.tag) == tags_.end()) tags_.push_back(route.tag);
    }
  }

  std::string text(const std::string& title) {
    std::sort(tags_.begin(), tags_.end());
    json::array tags;
    for (const auto tag : tags_) tags.push_back(json::object{{"name", tag}});
    auto components = openapi_components();
    components["schemas"].as_object()["Page"] = json::parse(page_schema);
    components["schemas"].as_object()["Problem"] = json::parse(problem_schema);
    for (auto& [name, schema] : schemas_) components["schemas"].as_object()[name] = schema;
    json::object paths;
    for (const auto& [path, item] : paths_) paths[path] = item;
    return json::serialize(json::object{
        {"openapi", "3.1.0"},
        {"info", {{"title", title}, {"version", "1"}, {"description", openapi_description},
                  {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"servers", {json::object{{"url", "/"}}}},
        {"security", {json::object{{"bearer", json::array()}}}},
        {"tags", tags},
        {"paths", paths},
        {"components", components}});
  }

 private:
  // The same name stands for the same schema; two types that would share one are a mistake of ours.
  json::object schema_reference(const std::string& name, const json::value& schema) {
    const auto [at, added] = schemas_.emplace(name, schema);
    if (!added && at->second != schema) throw std::logic_error("two shapes are named " + name + " in OpenAPI");
    return reference("schemas", name);
  }

  json::array parameters(const Route& route) {
    json::array out;
    for (std::size_t open = route.path.find('{'); open != route.path.npos; open = route.path.find('{', open + 1))
      out.push_back(path_parameter(route.path.substr(open + 1, route.path.find('}', open) - open - 1)));
    for (const auto& p : route.parameters) {
      auto schema = json::parse(std::string(p.schema));
      if (p.repeatable) schema = json::object{{"type", "array"}, {"items", schema}};
      json::object parameter{{"name", p.name}, {"in", "query"}, {"description", p.description}, {"schema", schema}};
      if (p.required) parameter["required"] = true;
      out.push_back(parameter);
    }
    const auto add = [&out](std::string_view name) { out.push_back(reference("parameters", name)); };
    add("RequestId");
    if (is_command(route)) {
      add("IdempotencyKey");
      add("IfMatch");
      add("Prefer");
    }
    if (is_query(route)) {
      add("MinPosition");
      add("Log");
      if (sends(route, "ETag")) add("IfNoneMatch");
    }
    if (route.reply_type == "text/event-stream") add("LastEventId");
    return out;
  }

  std::optional<json::object> request_body(const Route& route) {
    if (route.body == nullptr || takes_nothing(*route.body)) return std::nullopt;
    const auto schema = schema_reference(capitalised(route.id), json::parse(events::json_schema(*route.body, false)));
    json::object media{{"schema", schema}, {"example", json::parse(example_of_body(*route.body))}};
    json::object content{{"application/json", media}};
    if (route.method == "PATCH") content["application/merge-patch+json"] = media;
    return json::object{{"required", something_is_required(*route.body)}, {"content", content}};
  }

  json::object reply_schema(const Route& route) {
    const auto& type = *route.reply;
    if (type.shape != events::Shape::record) return {};
    const auto schema = route.reply_schema.empty() ? events::json_schema(type, true) : std::string(route.reply_schema);
    const auto one = schema_reference(reply_name(route), json::parse(schema));
    if (!route.many) return one;
    return {{"type", "object"},
            {"properties", {{"data", {{"type", "array"}, {"items", one}}}, {"page", reference("schemas", "Page")}}},
            {"required", {"data", "page"}},
            {"additionalProperties", false}};
  }

  static bool sends(const Route& route, std::string_view field) {
    return std::find(route.reply_fields.begin(), route.reply_fields.end(), field) != route.reply_fields.end();
  }

  static json::object success_headers(const Route& route) {
    json::object headers{{"X-Request-Id", openapi_header("X-Request-Id")}};
    for (const auto field : route.reply_fields) headers[field] = openapi_header(field);
    return headers;
  }

  json::object success(const Route& route) {
    auto headers = success_headers(route);
    if (route.status == 201 && sends(route, "ETag")) headers["Location"] = openapi_header("Location");
    if (route.many && is_query(route)) headers["Link"] = openapi_header("Link");
    json::object response{{"description", std::string(http::reason_phrase(route.status))}, {"headers", headers}};
    const bool shows_nothing = route.status == 204 || (route.status == 202 && route.reply == nullptr);  // any more, or yet
    if (shows_nothing) return response;
    json::object media{{"schema", route.reply == nullptr ? json::object{{"type", "string"}} : reply_schema(route)}};
    if (find_field(route, "created_at") != nullptr && !route.many) media["example"] = json::parse(example_of_reply(*route.reply));
    response["content"] = json::object{{route.reply_type, media}};
    return response;
  }

  json::object responses(const Route& route) {
    json::object out{{std::to_string(route.status), success(route)}};
    if (route.or_nothing) out["204"] = json::object{{"description", std::string(http::reason_phrase(204))}, {"headers", success_headers(route)}};
    if (route.or_known) out["200"] = success(as_known(route));
    if (is_query(route) && sends(route, "ETag")) out["304"] = reference("responses", "NotModified");
    for (const auto& refusal : refusals) {
      if (applies(refusal, route)) out[std::to_string(refusal.status)] = reference("responses", refusal.name);
    }
    return out;
  }

  static bool applies(const Refusal& refusal, const Route& route) {
    const bool signs_in = !route.signed_in && changes_things(route);
    switch (refusal.when) {
      case Refusal::When::always: return true;
      case Refusal::When::identified: return route.signed_in || signs_in;
      case Refusal::When::signed_in: return route.signed_in;
      case Refusal::When::named: return route.signed_in || route.path.find('{') != route.path.npos;
      case Refusal::When::changing: return changes_things(route);
      case Refusal::When::command: return is_command(route);
      case Refusal::When::query: return is_query(route);
    }
    return false;
  }

  json::object operation(const Route& route) {
    json::object out{{"operationId", route.id}, {"summary", route.summary}, {"tags", {route.tag}}};
    if (!route.permission.empty()) out["x-permission"] = route.permission;
    if (!route.signed_in) out["security"] = json::array();
    out["parameters"] = parameters(route);
    if (const auto body = request_body(route)) out["requestBody"] = *body;
    out["responses"] = responses(route);
    return out;
  }

  std::map<std::string, json::object> paths_;   // in the order of their text, whichever order routes are added in
  std::vector<std::string_view> tags_;
  std::map<std::string, json::value> schemas_;
};

}  // namespace

std::string Api::openapi() const { return Document(routes_).text(title_); }

}  // namespace daybook::api
