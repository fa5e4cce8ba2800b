#include "tests/e2e/operations.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "tests/e2e/things.hpp"

namespace daybook::test {
namespace {

constexpr std::string_view base = "/api/v1";

json::object resolved(const json::value& document, const json::value& schema) {
  const auto* reference = schema.as_object().if_contains("$ref");
  if (reference == nullptr) return schema.as_object();
  return document.at_pointer(std::string_view(reference->as_string()).substr(1)).as_object();
}

// A command's summary begins with its word.
std::string command_of(const std::string& summary) {
  const auto word = summary.substr(0, summary.find(' '));
  const bool named = word.find('.') != word.npos && word.back() != '.' &&
                     word.find_first_not_of("abcdefghijklmnopqrstuvwxyz._") == word.npos;
  return named ? word : "";
}

Operation read(const json::value& document, std::string_view path, std::string_view method,
               const json::object& described) {
  Operation operation;
  operation.id = std::string(described.at("operationId").as_string());
  for (const char c : method)
    operation.method += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  operation.path = path.starts_with(base) ? std::string(path.substr(base.size())) : "/" + std::string(path);
  if (operation.method != "GET")
    operation.command = command_of(std::string(described.at("summary").as_string()));
  operation.signed_in = !described.contains("security");
  if (const auto* permission = described.if_contains("x-permission")) operation.for_superusers = *permission == "superuser";
  json::error_code none;
  const json::value whole = described;
  operation.streams = whole.find_pointer("/responses/200/content/text~1event-stream", none) != nullptr;
  if (const auto* schema = whole.find_pointer("/requestBody/content/application~1json/schema", none))
    operation.body = resolved(document, *schema);
  if (const auto* rows = whole.find_pointer("/responses/200/content/application~1json/schema/properties/data/items", none))
    operation.row = resolved(document, *rows);
  return operation;
}

}  // namespace

std::vector<std::string> Operation::parameters() const {
  std::vector<std::string> names;
  for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  return names;
}

std::ostream& operator<<(std::ostream& out, const Operation& operation) {
  return out << operation.id << " (" << operation.method << " " << operation.path << ")";
}

std::vector<Operation> all_operations(Caller& caller) {
  const auto document = caller.get("/openapi.json");
  EXPECT_EQ(document.status, 200) << document.raw.substr(0, 200);
  std::vector<Operation> operations;
  for (const auto& [path, item] : document.at("/paths").as_object())
    for (const auto& [method, described] : item.as_object())
      operations.push_back(read(document.body, path, method, described.as_object()));
  return operations;
}

std::string path_of(const Operation& operation, const Values& values) {
  auto path = operation.path;
  // What is numbered has a first one.
  static const std::map<std::string, std::string> numbers{{"revision", "1"}};
  for (const auto& name : operation.parameters()) {
    const auto& known = numbers.contains(name) ? numbers : values;
    const auto value = known.find(name);
    EXPECT_NE(value, known.end()) << operation << ": give the tests a thing for {" << name
                                   << "}: make one in make_things (tests/e2e/things.cpp)";
    const auto place = "{" + name + "}";
    path.replace(path.find(place), place.size(), value == known.end() ? "unknown" : value->second);
  }
  // What a query must have
  static const std::map<std::string, std::string> queries{{"search", "?q=" + std::string(secret_words)}, {"proveInclusion", "?position=1"}, {"proveConsistency", "?first=1"}};
  const auto query = queries.find(operation.id);
  return query == queries.end() ? path : path + query->second;
}

std::string body_of(const Operation& operation, const Values& values) {
  if (operation.method == "GET" || operation.method == "DELETE") return "";
  if (operation.id == "bulk") return R"({"commands":[{"type":"issue.open","data":{"title":"intruder"}}]})";
  json::object body;
  const auto* required = operation.body.if_contains("required");
  for (const auto& name : required == nullptr ? json::array() : required->as_array()) {
    const std::string field(name.as_string());
    // What is no text is the same wherever it stands.
    static const json::object others{{"rating", 5},
                                     {"quantity", 1},
                                     {"plan", "pro"},
                                     {"plan_type", "pro"},
                                     {"price_monthly", 1},
                                     {"price_yearly", 10},
                                     {"trigger", {{"type", "manual"}}},
                                     {"actions", json::array()},
                                     {"events", json::array{"issue.*"}},
                                     {"permissions", json::array{"issues:read"}},
                                     {"usage", json::object()},
                                     {"credentials", {{"accessToken", "another"}}},
                                     {"account", "another"},
                                     {"prices", json::array{json::object{{"model", "small"}, {"input", 1.5}}}},
                                     {"succeeded", true},

                                     {"definition", {{"kind", "workflow"}, {"nodes", json::array()}}}};
    if (const auto* other = others.if_contains(field)) {
      body[field] = *other;
      continue;
    }
    if (field == "fencing_token") {
      body[field] = std::stoll(values.at(field));
      continue;
    }
    if (field == "project_structure") {
      body[field] = {{"tasks", json::array{}}};
      continue;
    }
    const auto value = values.find(field);
    EXPECT_NE(value, values.end()) << operation << ": give the tests a value for the field " << field
                                   << ": add it in make_things (tests/e2e/things.cpp)";
    if (value != values.end()) body[field] = value->second;
  }
  // One of several ways to name somebody has to be there, which a schema does not say.
  if (operation.command == "member.add") body["user_id"] = values.at("guest");
  if (operation.command == "time_entry.log") body["duration_seconds"] = 60;
  if (operation.command == "usage_record.record") body["unit_price"] = 1;
  if (operation.command == "issue.rank") body["before"] = values.at("depends_on_id");
  if (operation.command == "issue.block") body["blocked_reason"] = "waiting";
  if (operation.id == "login") body["email"] = values.at("email");
  return json::serialize(body);
}

}  // namespace daybook::test
