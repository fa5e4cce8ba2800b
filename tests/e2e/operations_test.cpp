// What an operator and a programmer ask of a running server.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "tests/e2e/caller.hpp"

namespace daybook::test::operations_test {
namespace {

TEST(Operations, TheServerTellsHowItIs) {
  auto& daybook = DaybookProcess::shared();
  Team team(daybook);
  std::string metrics;
  for (const auto& url : daybook.urls()) {
    http::Client service(url);
    EXPECT_EQ(service.get("/livez").status, 200) << url;
    EXPECT_EQ(service.get("/readyz").status, 200) << url;
    const auto figures = service.get("/metrics");
    EXPECT_EQ(figures.status, 200) << url;
    metrics += figures.body;
  }
  for (const auto* name : {"daybook_log_position ", "daybook_projection_position ",
                           "daybook_projection_lag_events ", "daybook_append_events_total "})
    EXPECT_NE(metrics.find(std::string("\n") + name), std::string::npos) << name << "\n" << metrics;
  for (const auto& secret : {team.id, team.owner.user_id, team.owner.email})
    EXPECT_EQ(metrics.find(secret), std::string::npos) << "metrics name nobody and nothing";
}

TEST(Operations, TheApiDescribesItself) {
  Caller anybody(DaybookProcess::shared());
  const auto document = anybody.get("/openapi.json");
  ASSERT_EQ(document.status, 200);
  ASSERT_TRUE(document.body.is_object()) << "not JSON: " << document.raw.substr(0, 200);
  EXPECT_EQ(document.text("/openapi"), "3.1.0");
  EXPECT_EQ(anybody.get("//openapi.json").raw, document.raw);

  // What it says of each operation is looked at in tests/contracts.
  const auto& paths = document.at("/paths").as_object();
  for (const auto* path : {"/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh",
                           "/api/v1/auth/logout", "/api/v1/me", "/api/v1/me/password", "/api/v1/workspaces",
                           "/api/v1/workspaces/{workspace}/issues/{issue}",
                           "/api/v1/workspaces/{workspace}/commands", "/api/v1/workspaces/{workspace}/search",
                           "/api/v1/workspaces/{workspace}/events", "/livez", "/readyz", "/metrics"})
    EXPECT_TRUE(paths.contains(path)) << path;
}

TEST(Operations, TheMethodsOfAPathAreThoseItIsDescribedWith) {
  Caller anybody(DaybookProcess::shared());
  const auto document = anybody.get("/openapi.json");
  for (const auto& [path, item] : document.at("/paths").as_object()) {
    const auto reply = anybody.send("OPTIONS", "/" + std::string(path));
    ASSERT_EQ(reply.status, 405) << path << ": " << reply;
    std::set<std::string> described, allowed;
    for (const auto& [method, operation] : item.as_object()) described.insert(std::string(method));
    if (described.count("get") > 0) described.insert("head");  // goes without saying
    std::string word;
    for (const char c : reply.header("Allow") + ",") {
      if (std::isalpha(static_cast<unsigned char>(c)))
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      else if (!word.empty())
        allowed.insert(std::exchange(word, ""));
    }
    EXPECT_EQ(allowed, described) << path;
  }
}

}  // namespace
}  // namespace daybook::test::operations_test
