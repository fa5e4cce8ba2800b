// Two tenants on one server: whatever route there is, the other's things do not exist. The routes are those
// the server itself says it has, so that a new one is in this test from its first day.
#include <gtest/gtest.h>

#include <map>

#include "tests/e2e/caller.hpp"

namespace daybook::test {
namespace {

struct Operation {
  std::string id, method, path;
  json::object schema;  // of the body, empty when there is none
};

// Everything below a workspace, without the /api/v1 before it.
std::vector<Operation> operations_in_a_workspace(Caller& caller) {
  const std::string base = "/api/v1";
  const std::string below = base + "/workspaces/{workspace}";
  const auto document = caller.get("/openapi.json");
  std::vector<Operation> operations;
  for (const auto& [path, item] : document.at("/paths").as_object()) {
    if (std::string_view(path).substr(0, below.size()) != below) continue;
    for (const auto& [method, operation] : item.as_object()) {
      Operation found{std::string(operation.at("operationId").as_string()),
                      std::string(method),
                      std::string(path).substr(base.size()),
                      {}};
      for (auto& c : found.method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      json::error_code none;
      if (const auto* schema = operation.find_pointer("/requestBody/content/application~1json/schema", none))
        found.schema = schema->as_object();
      operations.push_back(std::move(found));
    }
  }
  return operations;
}

// A tenant with one of each thing, by the name its path parameter has.
struct Tenant {
  Team team;
  std::map<std::string, std::string> ids;

  explicit Tenant(const DaybookProcess& daybook) : team(daybook) {
    auto& owner = team.owner;
    const auto make = [&](const std::string& path, const std::string& body) {
      const auto reply = owner.post(team.in(path), body);
      EXPECT_EQ(reply.status, 201) << path << ": " << reply;
      return reply.id();
    };
    ids["workspace"] = team.id;
    ids["member"] = owner.user_id;
    ids["issue"] = make("/issues", object("title", "secret plan"));
    ids["label"] = make("/labels", object("name", "red"));
    ids["project"] = make("/projects", object("name", "Apollo"));
    ids["agent"] = make("/agents", object("name", "Hal"));
    ids["comment"] = make("/issues/" + ids["issue"] + "/comments", object("content", "secret words"));
    const auto other = make("/issues", object("title", "other"));
    ids["dependency"] = make("/issues/" + ids["issue"] + "/dependencies", object("depends_on_id", other));
    make("/issues/" + ids["issue"] + "/labels", object("label_id", ids["label"]));
  }
};

std::string filled(const std::string& path, const std::map<std::string, std::string>& ids) {
  std::string out;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '{') {
      out += path[at];
      continue;
    }
    const auto close = path.find('}', at);
    const auto name = path.substr(at + 1, close - at - 1);
    EXPECT_TRUE(ids.count(name)) << "give this test an id for {" << name << "}";
    out += ids.count(name) ? ids.at(name) : "unknown";
    at = close;
  }
  return path.find("/search") == path.npos ? out : out + "?q=secret";
}

// A body that holds what the schema requires and would be accepted from the tenant's own people.
std::string body_of(const Operation& operation, const std::map<std::string, std::string>& ids) {
  if (operation.schema.empty()) return operation.method == "GET" || operation.method == "DELETE" ? "" : "{}";
  if (operation.id == "bulk") return R"({"commands":[{"type":"issue.open","data":{"title":"intruder"}}]})";
  json::object body;
  const auto* required = operation.schema.if_contains("required");
  if (required == nullptr) return "{}";
  for (const auto& name : required->as_array()) {
    const std::string field(name.as_string());
    const auto id =
        field.size() > 3 && field.substr(field.size() - 3) == "_id" ? field.substr(0, field.size() - 3) : "";
    if (id == "user" || id == "assignee")
      body[field] = ids.at("member");
    else if (id == "depends_on")
      body[field] = ids.at("issue");
    else if (!id.empty())
      body[field] = ids.count(id) ? ids.at(id) : field;
    else if (field == "role")
      body[field] = "member";
    else
      body[field] = "intruder";
  }
  return json::serialize(body);
}

class Tenants : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  Tenant ann_{daybook_}, bob_{daybook_};
};

TEST_F(Tenants, EveryRouteHidesTheOthersWorkspace) {
  const auto operations = operations_in_a_workspace(bob_.team.owner);
  ASSERT_GT(operations.size(), 50u);
  const auto before = ann_.team.owner.patch(ann_.team.in(), "{}").position();
  for (const auto& operation : operations) {
    const auto path = filled(operation.path, ann_.ids);
    const auto reply = bob_.team.owner.send(operation.method, path, body_of(operation, ann_.ids));
    EXPECT_EQ(reply.status, 404) << operation.id << " " << operation.method << " " << path << ": " << reply;
    // The same answer as for what is nowhere.
    EXPECT_EQ(reply.text("/detail"), "There is no such workspace.") << operation.id << ": " << reply;
  }
  EXPECT_EQ(ann_.team.owner.patch(ann_.team.in(), "{}").position(), before) << "something was written";
}

TEST_F(Tenants, TheOthersThingsAreNotFoundInsideOnesOwnWorkspace) {
  auto ids = ann_.ids;
  ids["workspace"] = bob_.team.id;
  for (const auto& operation : operations_in_a_workspace(bob_.team.owner)) {
    const auto rest = operation.path.substr(operation.path.find('}') + 1);
    if (rest.find('{') == rest.npos) continue;  // names no thing of the other's
    const auto path = filled(operation.path, ids);
    const auto reply = bob_.team.owner.send(operation.method, path, body_of(operation, ids));
    EXPECT_EQ(reply.status, 404) << operation.id << " " << operation.method << " " << path << ": " << reply;
  }
}

TEST_F(Tenants, TheOthersThingsCannotBeReferredTo) {
  auto& bob = bob_.team.owner;
  const auto refused = [&](const Reply& reply) { EXPECT_EQ(reply.status, 422) << reply; };
  const auto issue = bob_.team.in("/issues/" + bob_.ids["issue"]);
  refused(bob.post(bob_.team.in("/issues"), object("title", "a", "project_id", ann_.ids["project"])));
  refused(bob.post(bob_.team.in("/issues"), object("title", "a", "parent_id", ann_.ids["issue"])));
  refused(bob.post(issue + "/assign", object("assignee_id", ann_.ids["member"])));
  refused(bob.post(issue + "/assign", object("assignee_id", ann_.ids["agent"])));
  refused(bob.post(issue + "/labels", object("label_id", ann_.ids["label"])));
  refused(bob.post(issue + "/dependencies", object("depends_on_id", ann_.ids["issue"])));
  refused(bob.post(issue + "/comments", object("content", "a", "parent_id", ann_.ids["comment"])));
}

TEST_F(Tenants, EveryRouteThatReadsIsThereForItsOwnPeople) {
  // Without this the tests above would be as content with a server that knows nothing at all.
  for (const auto& operation : operations_in_a_workspace(ann_.team.owner)) {
    if (operation.method != "GET" || operation.id == "tailWorkspace") continue;
    const auto reply = ann_.team.owner.get(filled(operation.path, ann_.ids));
    EXPECT_EQ(reply.status, 200) << operation.id << ": " << reply;
  }
}

}  // namespace
}  // namespace daybook::test
