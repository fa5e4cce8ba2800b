#include "platform/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace daybook::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

Router issues_router() {
  Router router;
  router.add("GET", "/", 1);
  router.add("GET", "/api/v1/workspaces/{workspace}/issues", 2);
  router.add("POST", "/api/v1/workspaces/{workspace}/issues", 3);
  router.add("GET", "/api/v1/workspaces/{workspace}/issues/{issue}", 4);
  router.add("GET", "/api/v1/workspaces/{workspace}/issues/recent", 5);
  router.add("POST", "/api/v1/workspaces/{workspace}/executions:claim", 6);
  router.add("GET", "/api/v1/workspaces/{workspace}/executions", 7);
  router.add("PATCH", "/api/v1/workspaces/{w}/issues/{identifier}", 8);
  router.add("GET", "/api/v1/workspaces/mine/archive", 9);
  return router;
}

const Router::Found& found(const Router::Match& match) { return std::get<Router::Found>(match); }
bool is_not_found(const Router::Match& match) { return std::holds_alternative<Router::NotFound>(match); }

TEST(Router, FindsTheRouteWithItsParameters) {
  const auto match = issues_router().match("GET", "/api/v1/workspaces/acme/issues/ABC-12");
  EXPECT_EQ(found(match).id, 4);
  EXPECT_THAT(found(match).params, ElementsAre(Pair("workspace", "acme"), Pair("issue", "ABC-12")));
  EXPECT_EQ(found(match).param("issue"), "ABC-12");
  EXPECT_EQ(found(match).param("project"), "");
}

TEST(Router, ParametersKeepTheNamesOfTheirOwnRoute) {
  const auto match = issues_router().match("PATCH", "/api/v1/workspaces/acme/issues/ABC-12");
  EXPECT_THAT(found(match).params, ElementsAre(Pair("w", "acme"), Pair("identifier", "ABC-12")));
}

TEST(Router, AcceptsATrailingSlashEverywhere) {
  const auto router = issues_router();
  EXPECT_EQ(found(router.match("GET", "/")).id, 1);
  EXPECT_EQ(found(router.match("POST", "/api/v1/workspaces/acme/issues/")).id, 3);
  EXPECT_EQ(found(router.match("GET", "/api/v1/workspaces/acme/issues/7/")).param("issue"), "7");
}

TEST(Router, ASecondTrailingSlashIsAnotherPath) {
  EXPECT_TRUE(is_not_found(issues_router().match("GET", "/api/v1/workspaces/acme/issues//")));
  EXPECT_TRUE(is_not_found(issues_router().match("GET", "/api/v1/workspaces//issues")));
  EXPECT_TRUE(is_not_found(issues_router().match("GET", "//")));
}

TEST(Router, ALiteralWinsOverAParameter) {
  EXPECT_EQ(found(issues_router().match("GET", "/api/v1/workspaces/acme/issues/recent")).id, 5);
}

TEST(Router, ALiteralThatLeadsNowhereGivesWayToTheParameter) {
  const auto router = issues_router();
  EXPECT_EQ(found(router.match("GET", "/api/v1/workspaces/mine/archive")).id, 9);
  const auto match = router.match("GET", "/api/v1/workspaces/mine/issues");
  EXPECT_EQ(found(match).id, 2);
  EXPECT_EQ(found(match).param("workspace"), "mine");
}

TEST(Router, AVerbAfterAColonIsPartOfTheLiteral) {
  const auto router = issues_router();
  EXPECT_EQ(found(router.match("POST", "/api/v1/workspaces/acme/executions:claim")).id, 6);
  EXPECT_TRUE(is_not_found(router.match("POST", "/api/v1/workspaces/acme/executions:drop")));
}

TEST(Router, HeadIsAnsweredByTheRouteOfGet) {
  EXPECT_EQ(found(issues_router().match("HEAD", "/api/v1/workspaces/acme/issues")).id, 2);
}

TEST(Router, TellsWhichMethodsAPathHas) {
  const auto match = issues_router().match("DELETE", "/api/v1/workspaces/acme/issues");
  EXPECT_THAT(std::get<Router::MethodNotAllowed>(match).allow, ElementsAre("GET", "HEAD", "POST"));
  const auto claim = issues_router().match("GET", "/api/v1/workspaces/acme/executions:claim");
  EXPECT_THAT(std::get<Router::MethodNotAllowed>(claim).allow, ElementsAre("POST"));
}

TEST(Router, AnUnknownPathIsNotFoundWhateverTheMethod) {
  const auto router = issues_router();
  for (const auto* path :
       {"", "api", "/api", "/api/v1/workspaces/acme", "/api/v1/workspaces/acme/issues/1/2"}) {
    EXPECT_TRUE(is_not_found(router.match("GET", path))) << path;
  }
}

TEST(Router, SplitsBeforeItDecodesSoThatAnEncodedSlashStaysInItsSegment) {
  const auto match = issues_router().match("GET", "/api/v1/workspaces/a%2Fb/issues/%C3%A9%20%2525");
  EXPECT_EQ(found(match).param("workspace"), "a/b");
  EXPECT_EQ(found(match).param("issue"), "\xC3\xA9 %25");
}

TEST(Router, ASegmentThatCannotBeDecodedIsNotFound) {
  EXPECT_TRUE(is_not_found(issues_router().match("GET", "/api/v1/workspaces/a%2/issues")));
  EXPECT_TRUE(is_not_found(issues_router().match("GET", "/api/v1/workspaces/a%00/issues")));
}

TEST(Router, APathOfVeryManySegmentsIsNotFound) {
  std::string path;
  for (int i = 0; i < 4000; ++i) path += "/a";
  EXPECT_TRUE(is_not_found(issues_router().match("GET", path)));
}

TEST(Router, RefusesARouteThatIsThereAlready) {
  auto router = issues_router();
  EXPECT_THROW(router.add("GET", "/api/v1/workspaces/{other}/issues/{names}", 10), std::invalid_argument);
}

TEST(Router, RefusesAMalformedPattern) {
  Router router;
  for (const auto* pattern : {"", "no-slash", "/a//b", "/{}", "/{open", "/{a}b", "/a{b}", "/{a}{b}"}) {
    EXPECT_THROW(router.add("GET", pattern, 1), std::invalid_argument) << pattern;
  }
}

}  // namespace
}  // namespace daybook::http
