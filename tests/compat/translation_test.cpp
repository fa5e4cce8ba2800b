// What the gateway makes of words, bodies, rows and refusals, without a server.
#include <gtest/gtest.h>

#include <set>

#include "compat/platform/refusals.hpp"

namespace daybook::compat {
namespace {

const Operation& operation(std::string_view method, std::string_view path) {
  for (const auto& one : operations())
    if (one.method == method && one.path == path) return one;
  throw std::logic_error("there is no such operation");
}

const Operation& new_issue() { return operation("POST", "/api/v1/workspaces/{workspace}/issues"); }
const Operation& issue_list() { return operation("GET", "/api/v1/workspaces/{workspace}/issues"); }

Body read(const Operation& operation, std::string body) {
  return read_body(operation, http::make_request(std::string(operation.method), "/", {}, std::move(body)));
}

TEST(CompatOperations, ThereAreFortyThree) {
  std::set<std::pair<std::string_view, std::string_view>> each;
  for (const auto& one : operations()) each.insert({one.method, one.path});
  EXPECT_EQ(each.size(), 43u);
  EXPECT_EQ(operations().size(), 43u);
}

TEST(CompatBody, WhatIsNotSaidIsWhatTheyBeginWith) {
  const auto body = read(new_issue(), R"({"title":"a","description":null,"unknown":1})");
  EXPECT_TRUE(body.refusals.empty());
  EXPECT_EQ(body.ours, (json::object{{"title", "a"}, {"priority", "none"}}));
}

TEST(CompatBody, WordsAndNamesBecomeOurs) {
  const auto body = read(new_issue(), R"({"title":"a","status":"todo","assignee_type":"member","parent_issue_id":"x","acceptance_criteria":["a","b"]})");
  EXPECT_EQ(body.ours, (json::object{{"title", "a"}, {"status", "todo"}, {"priority", "none"}, {"assignee_type", "user"}, {"parent_id", "x"},
                                     {"acceptance_criteria", "a\nb"}}));
}

TEST(CompatBody, NullLeavesAThingAsItIs) {
  const auto body = read(operation("PATCH", "/api/v1/workspaces/{workspace}/issues/{issue}"), R"({"title":null,"status":"done"})");
  EXPECT_EQ(body.ours, (json::object{{"status", "done"}}));
}

TEST(CompatBody, EachMistakeIsToldWithItsPlace) {
  const auto body = read(new_issue(), R"({"title":5,"status":"bogus"})");
  ASSERT_EQ(body.refusals.size(), 2u);
  EXPECT_EQ(body.refusals[0].at("type"), "string_type");
  EXPECT_EQ(body.refusals[0].at("loc"), (json::array{"body", "title"}));
  EXPECT_EQ(body.refusals[1].at("type"), "enum");
  EXPECT_EQ(read(new_issue(), "{").refusals[0].at("type"), "json_invalid");
  EXPECT_EQ(read(new_issue(), "{}").refusals[0].at("type"), "missing");
}

TEST(CompatPage, AWordOfTheirsAsksForAllOfOurs) {
  const auto page = read_page(issue_list(), http::make_request("GET", "/?status=in_review&limit=7&offset=3"));
  EXPECT_EQ(page.query, "sort=position&status=in_review%2Cneeds_approval");
  EXPECT_EQ(page.limit, 7u);
  EXPECT_EQ(page.offset, 3u);
}

TEST(CompatPage, AnUnknownWordAsksForNothingAndAnUnknownIdForNobodys) {
  EXPECT_EQ(read_page(issue_list(), http::make_request("GET", "/?status=bogus")).limit, 0u);
  EXPECT_EQ(read_page(issue_list(), http::make_request("GET", "/?project_id=bogus")).query,
            "sort=position&project=00000000-0000-0000-0000-000000000000");
}

TEST(CompatPage, BoundsAreKept) {
  for (const std::string query : {"limit=0", "limit=201", "limit=x", "offset=-1", "offset=100001"})
    EXPECT_EQ(read_page(issue_list(), http::make_request("GET", "/?" + query)).refusals.size(), 1u) << query;
}

TEST(CompatShapes, EveryKeyIsAlwaysThere) {
  EXPECT_EQ(issue_shape({}).size(), 15u);
  EXPECT_EQ(project_shape({}).size(), 9u);
  EXPECT_EQ(agent_shape({}).size(), 11u);
  EXPECT_EQ(workspace_shape({}).at("settings"), json::object());
}

TEST(CompatShapes, AChangeIsToldInTheirFields) {
  const auto entry = activity_shape(json::parse(R"({"type":"issue.status_changed","entity_type":"issue","actor_type":"user",
      "changes":{"status":["backlog","needs_approval"],"started_at":[null,"x"]},"details":{"status":"needs_approval"}})").as_object());
  EXPECT_EQ(entry.at("action"), "issue.updated");
  EXPECT_EQ(entry.at("actor_type"), "member");
  EXPECT_EQ(entry.at("details"), (json::object{{"fields", json::object{{"status", "in_review"}}}}));
}

Refusal told(int status, const char* problem) { return refusal_of(new_issue(), {}, status, json::parse(problem).as_object()); }

TEST(CompatRefusals, AWorkspaceOneMayNotKnowIsForbiddenAndAThingIsNotFound) {
  EXPECT_EQ(told(404, R"({"detail":"There is no such workspace."})").status, 403);
  EXPECT_EQ(told(404, R"({"detail":"There is no such issue."})").detail, "Issue not found");
}

TEST(CompatRefusals, AReferenceThatLeadsNowhereIsNotFound) {
  const auto refusal = told(422, R"({"detail":"a","errors":[{"pointer":"/project_id","code":"unknown-reference","detail":"b"}]})");
  EXPECT_EQ(refusal.status, 404);
  EXPECT_EQ(refusal.detail, "Project not found");
}

TEST(CompatRefusals, AFieldOfOursIsNamedAsTheirs) {
  const auto refusal = told(422, R"({"detail":"a","errors":[{"pointer":"/parent_id","code":"cycle","detail":"b"}]})");
  EXPECT_EQ(refusal.status, 422);
  EXPECT_EQ(refusal.detail.at(0).at("loc"), (json::array{"body", "parent_issue_id"}));
  EXPECT_EQ(refusal.detail.at(0).at("msg"), "b");
}

TEST(CompatRefusals, WhoIsNotSignedInHearsWhatIsMissing) {
  EXPECT_EQ(refuse_unsigned(http::make_request("GET", "/"))->detail, "Missing Authorization header");
  EXPECT_EQ(refuse_unsigned(http::make_request("GET", "/", {{"Authorization", "Basic abc"}}))->status, 401);
  EXPECT_FALSE(refuse_unsigned(http::make_request("GET", "/", {{"Authorization", "Bearer abc"}})));
}

}  // namespace
}  // namespace daybook::compat
