// The OpenAPI document that is checked in is what the routes say, and is complete enough to write a client
// from.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "tests/contracts/routes.hpp"
#include "tests/events/files.hpp"

namespace daybook::contracts::test::openapi_test {
namespace {

namespace json = boost::json;
using events::test::asked_to_write;
using events::test::indented;
using events::test::read_file;
using events::test::write_file;

const std::filesystem::path file = "schemas/openapi.json";
constexpr char how_to_write[] =
    " differs from the routes; to write it again, run in the root of the repository: "
    "DAYBOOK_WRITE_SCHEMAS=1 <build folder>/tests/contracts_test";

TEST(OpenApi, IsPublishedAsTheRoutesAre) {
  const auto document = indented(every_route()->openapi());
  if (asked_to_write("DAYBOOK_WRITE_SCHEMAS")) write_file(file, document);
  EXPECT_EQ(read_file(file) == document, true) << file << how_to_write;
}

class OpenApiDocument : public ::testing::Test {
 protected:
  const json::value document_ = json::parse(every_route()->openapi());

  template <class Visit>
  void each_operation(Visit visit) const {
    for (const auto& [path, item] : document_.at("paths").as_object())
      for (const auto& [method, operation] : item.as_object())
        visit(std::string(path), std::string(method), operation.as_object());
  }
};

TEST_F(OpenApiDocument, NamesEveryOperationOnce) {
  std::set<std::string> ids;
  each_operation([&](const std::string& path, const std::string& method, const json::object& operation) {
    const std::string id(operation.at("operationId").as_string());
    EXPECT_TRUE(ids.insert(id).second)
        << id << " is there twice, the second time at " << method << " " << path;
    EXPECT_FALSE(operation.at("summary").as_string().empty()) << id;
    EXPECT_FALSE(operation.at("tags").as_array().empty()) << id;
  });
  EXPECT_GT(ids.size(), 60u);
}

TEST_F(OpenApiDocument, SaysWhatEverySuccessLooksLike) {
  each_operation([&](const std::string&, const std::string&, const json::object& operation) {
    const std::string id(operation.at("operationId").as_string());
    int successes = 0;
    for (const auto& [status, response] : operation.at("responses").as_object()) {
      if (status.front() != '2') continue;
      ++successes;
      // What was accepted may have something to show already.
      if (status != "202") {
        EXPECT_EQ(response.as_object().contains("content"), status != "204") << id << " " << std::string(status);
      }
      if (status == "201" && response.at("headers").as_object().contains("ETag")) {
        EXPECT_TRUE(response.at("headers").as_object().contains("Location")) << id;
      }
    }
    // Where nothing waits, nothing is claimed: 204. What is counted twice is made once: 200.
    EXPECT_EQ(successes, id == "claimExecution" || id == "recordUsageRecord" ? 2 : 1) << id;
  });
}

TEST_F(OpenApiDocument, DescribesEveryParameter) {
  each_operation([&](const std::string& path, const std::string&, const json::object& operation) {
    std::set<std::string> in_path;
    for (const auto& parameter : operation.at("parameters").as_array()) {
      if (parameter.as_object().contains("$ref")) continue;
      EXPECT_FALSE(parameter.at("description").as_string().empty()) << path << " " << parameter.at("name");
      EXPECT_TRUE(parameter.at("schema").is_object()) << path << " " << parameter.at("name");
      if (parameter.at("in").as_string() == "path")
        in_path.insert(std::string(parameter.at("name").as_string()));
    }
    for (const auto& name : in_path) EXPECT_NE(path.find("{" + name + "}"), path.npos) << path;
    EXPECT_EQ(static_cast<long>(in_path.size()), std::count(path.begin(), path.end(), '{')) << path;
  });
}

// How they answer is asked by tests/e2e/lists_test.cpp.
TEST_F(OpenApiDocument, GivesEveryListEveryConvention) {
  int lists = 0;
  each_operation([&](const std::string&, const std::string& method, const json::object& operation) {
    json::error_code none;
    const json::value whole = operation;
    const auto* const rows = whole.find_pointer("/responses/200/content/application~1json/schema/properties/data/items/$ref", none);
    if (method != "get" || rows == nullptr) return;
    ++lists;
    const std::string id(operation.at("operationId").as_string());
    std::set<std::string> taken;
    for (const auto& parameter : operation.at("parameters").as_array())
      if (const auto* name = parameter.as_object().if_contains("name")) taken.insert(std::string(name->as_string()));
    const auto& row = document_.at_pointer(std::string_view(rows->as_string()).substr(1)).as_object();
    std::set<std::string> wanted{"limit", "cursor", "sort", "filter", "count", "fields", "min_position", "wait_ms"};
    if (row.at("properties").as_object().contains("deleted_at")) wanted.insert("deleted");
    if (row.at("properties").as_object().size() > row.at("required").as_array().size()) wanted.insert("expand");
    for (const auto& name : wanted) EXPECT_TRUE(taken.count(name)) << id << " does not take " << name;
    for (const auto* field : {"Link", "ETag", "Daybook-Position", "Daybook-Log"})
      EXPECT_TRUE(operation.at("responses").at("200").at("headers").as_object().contains(field)) << id << " does not send " << field;
    EXPECT_TRUE(operation.at("responses").as_object().contains("304")) << id;
  });
  EXPECT_GT(lists, 20);
}

TEST_F(OpenApiDocument, AsksForASignInWhereTheRouteDoes) {
  const auto every = every_route();
  const auto& api = *every;
  for (const auto& route : api.routes()) {
    std::string method(route.method);
    for (auto& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto& operation = document_.at("paths").at(route.path).at(method).as_object();
    EXPECT_EQ(operation.contains("security"), !route.signed_in) << route.id;
    if (route.signed_in) {
      EXPECT_TRUE(operation.at("responses").as_object().contains("401")) << route.id;
    }
  }
}

}  // namespace
}  // namespace daybook::contracts::test::openapi_test
