// What runs cost, added up over HTTP, and budgets that stop them.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::costs_test {
namespace {

class Costs : public ::testing::Test {
 protected:
  // Claims a run that waits; the token that its holder shows.
  Reply claim(const std::string& run) { return owner_.post(team_.in("/executions:claim"), object("execution_id", run)); }
  std::string request(const std::string& issue, const std::string& body = "{}") {
    const auto run = owner_.post(team_.in("/issues/" + issue + "/executions"), body);
    EXPECT_EQ(run.status, 201) << run;
    return run.id();
  }
  // A run from beginning to end. `report`: members of the body that ends it.
  std::string ran(const std::string& issue, const std::string& report, const std::string& body = "{}") {
    const auto run = request(issue, body);
    const auto claimed = claim(run);
    EXPECT_EQ(claimed.status, 200) << claimed;
    const auto token = std::to_string(claimed.number("/fencing_token"));
    const auto ended = owner_.post(team_.in("/executions/" + run + "/complete"), "{\"fencing_token\":" + token + (report.empty() ? "" : ",") + report + "}");
    EXPECT_EQ(ended.status, 200) << ended;
    return run;
  }
  void expect_shown(const std::string& path, const std::string& words) {
    const auto reply = owner_.get(path.empty() ? team_.in() : team_.in(path));
    EXPECT_NE(reply.raw.find(words), reply.raw.npos) << path << " lacks " << words << ": " << reply;
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Costs, ClimbFromRunsToIssueProjectAndWorkspaceToTheLastDigit) {
  const auto engine = owner_.post(team_.in("/projects"), object("name", "Engine")).id();
  const auto dock = owner_.post(team_.in("/projects"), object("name", "Dock")).id();
  const auto issue = owner_.post(team_.in("/issues"), object("title", "Burn", "project_id", engine)).id();
  const auto run = ran(issue, R"("reported_cost":0.1,"usage":{"input":7,"output":2})");
  ran(issue, R"("reported_cost":0.000000001)");
  ran(issue, R"("reported_cost":3,"currency":"EUR")");
  ran(issue, "");
  const auto costs = std::string(R"("costs":[{"currency":"EUR","cost":3},{"currency":"USD","cost":0.100000001}])");
  for (const auto& path : {"/issues/" + issue, "/projects/" + engine, std::string()}) {
    expect_shown(path, costs);
    expect_shown(path, R"("run_count":4,"runs_without_cost":1,"runs_without_usage":3)");
  }
  expect_shown("/issues/" + issue, R"("actual_cost":0.100000001)");
  expect_shown("/projects/" + engine, R"("total_cost":0.100000001)");
  expect_shown("/executions/" + run, R"("cost_source":"reported")");

  ASSERT_EQ(owner_.post(team_.in("/executions/" + run + "/correct-usage"), R"({"usage":{"input":7,"output":3},"reported_cost":0.2})").status, 200);
  expect_shown("/issues/" + issue, R"("actual_cost":0.200000001)");
  expect_shown("/issues/" + issue, R"("output":3)");
  ASSERT_EQ(owner_.post(team_.in("/issues/" + issue + "/move"), object("project_id", dock)).status, 200);
  expect_shown("/projects/" + engine, R"("total_cost":0,)");
  expect_shown("/costs/totals?by=project&currency=USD&project=" + dock, R"("project_id":")" + dock + R"(","issue_id":null,"agent_id":null)");
  expect_shown("/costs/totals?by=project&currency=USD", R"("currency":"USD","cost":0.200000001,"input":7)");

  ASSERT_EQ(owner_.remove(team_.in("/issues/" + issue)).status, 204);
  expect_shown("/projects/" + dock, R"("total_cost":0,)");
  EXPECT_EQ(owner_.get(team_.in("/costs/totals")).raw, R"({"totals":[]})");
  EXPECT_TRUE(owner_.get(team_.in("/costs")).rows().empty());
  ASSERT_EQ(owner_.post(team_.in("/issues/" + issue + "/restore")).status, 200);
  expect_shown("", R"("total_cost":0.200000001)");
  EXPECT_EQ(owner_.get(team_.in("/costs/totals?by=mood")).pointer(), "by");
  EXPECT_EQ(owner_.get(team_.in("/costs/totals?by=model,model")).code(), "repeated-value");
}

TEST_F(Costs, WhatThePriceInForceSaysIsSpentAtTheProvider) {
  const auto provider = owner_.post(team_.in("/ai-providers"), R"({"provider":"openai","monthly_budget":1})");
  ASSERT_EQ(provider.status, 201) << provider;
  const auto path = "/ai-providers/" + provider.id();
  ASSERT_EQ(owner_.post(team_.in(path + "/set-prices"), R"({"prices":[{"model":"large","input":2.5,"output":10}]})").status, 200);
  const auto issue = team_.issue();
  const auto source = std::string(R"({"ai_provider":"openai","model":"large"})");
  const auto run = ran(issue, R"("usage":{"input":1001,"output":1})", source);
  expect_shown("/executions/" + run, R"("cost":0.0025125,"currency":"USD","cost_source":"priced")");
  expect_shown(path, R"("current_spend":0.0025125)");
  const auto unknown = ran(issue, R"("usage":{"input":1000,"output":1,"reasoning":5})", source);
  expect_shown("/executions/" + unknown, R"("cost":null,"currency":"USD","cost_source":"unknown")");

  ran(issue, R"("reported_cost":1)", source);
  const auto refused = owner_.post(team_.in("/issues/" + issue + "/executions"), source);
  EXPECT_EQ(refused.status, 402) << refused;
  EXPECT_EQ(refused.code(), "budget-exceeded");
  ASSERT_EQ(owner_.patch(team_.in(path), R"({"monthly_budget":2})").status, 200);
  EXPECT_EQ(owner_.post(team_.in("/issues/" + issue + "/executions"), source).status, 201);
}

TEST_F(Costs, ARunThatWaitedIsStoppedAtItsClaimByWhatWasSpentMeanwhile) {
  const auto issue = team_.issue(), other = team_.issue("other");
  ASSERT_EQ(owner_.patch(team_.in("/billing"), R"({"billing_info":{"monthlyBudget":5}})").status, 200);
  ASSERT_EQ(owner_.patch(team_.in(), R"({"settings":{"aiDefaults":{"maxCostPerTask":3}}})").status, 200);
  const auto first = request(issue), second = request(other);
  const auto claimed = claim(first);
  ASSERT_EQ(claimed.status, 200) << claimed;
  const auto refused = claim(second);
  EXPECT_EQ(refused.status, 402) << "3 are held back, 2 are left, 3 may be needed: " << refused;
  EXPECT_EQ(refused.code(), "budget-exceeded");
  ASSERT_EQ(owner_.post(team_.in("/executions/" + first + "/complete"),
                        "{\"fencing_token\":" + std::to_string(claimed.number("/fencing_token")) + R"(,"reported_cost":2})").status, 200);
  EXPECT_EQ(claim(second).status, 200) << "what was held back and not used is given back";
}

TEST_F(Costs, OfAPrivateProjectAreInNoSumOfOthers) {
  const auto secret = owner_.post(team_.in("/projects"), object("name", "Secret", "visibility", "private")).id();
  const auto issue = owner_.post(team_.in("/issues"), object("title", "Hush", "project_id", secret)).id();
  auto max = team_.joined_by(daybook_, "member");
  ran(issue, R"("reported_cost":9)");
  expect_shown("/costs/totals", R"("cost":9)");
  EXPECT_EQ(max.get(team_.in("/costs/totals")).raw, R"({"totals":[]})");
}

}  // namespace
}  // namespace daybook::test::costs_test
