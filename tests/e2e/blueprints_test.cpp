// Workflows and blueprints: what they are made of, the market, buying, installing and reviewing across workspaces.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::blueprints_test {
namespace {

const std::string an_agent = R"({"kind" : "agent", "instructions": "Look closely.", "model": "m-1"})";
const std::string a_workflow = R"({"kind":"workflow","nodes":[{"id":"read"},{"id":"write"}],"edges":[{"source":"read","target":"write"}]})";

class Blueprints : public ::testing::Test {
 protected:
  Reply publish(const std::string& definition, const std::string& more = "", const std::string& name = "Reviewer") {
    return owner_.post(team_.in("/blueprints"), R"({"name":")" + name + R"(","category":"code","description":"Reads a change.","definition":)" + definition +
                                                    (more.empty() ? "" : "," + more) + "}");
  }
  std::string listed(const std::string& definition, const std::string& more = "") {
    const auto made = publish(definition, R"("is_public":true)" + (more.empty() ? "" : "," + more));
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  static std::string in_market(const std::string& id, const std::string& rest = "") { return "/marketplace/blueprints/" + id + rest; }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Blueprints, AWorkflowIsKeptAsItWasSentAndItsRevisionsAreReadable) {
  const auto made = owner_.post(team_.in("/workflows"), R"({"name":"Ship","definition":)" + a_workflow + "}");
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_NE(made.raw.find(a_workflow), made.raw.npos);
  const auto workflow = team_.in("/workflows/" + made.id());
  const auto circle = owner_.patch(workflow, R"({"definition":{"nodes":[{"id":"a"}],"edges":[{"source":"a","target":"a"}]}})");
  EXPECT_EQ(circle.status, 422) << circle;
  EXPECT_EQ(circle.pointer(), "/definition/edges/0");
  EXPECT_EQ(circle.text("/errors/0/code"), "cycle");
  ASSERT_EQ(owner_.patch(workflow, R"({"definition":{"nodes":[]},"changelog":"less"})").number("/revision"), 2);
  EXPECT_EQ(owner_.get(workflow + "/versions").rows().size(), 2u);
  EXPECT_FALSE(owner_.get(workflow + "/versions").at("/data/0").as_object().contains("definition"));
  EXPECT_NE(owner_.get(workflow + "/versions/1").raw.find(a_workflow), std::string::npos);
  ASSERT_EQ(owner_.remove(workflow).status, 204);
  EXPECT_EQ(owner_.get(workflow).status, 404);
  ASSERT_EQ(owner_.post(workflow + "/restore").status, 200);
  EXPECT_EQ(owner_.get(team_.in("/search?q=Ship&type=workflow&expand=entity")).text("/data/0/entity/id"), made.id());
}

TEST_F(Blueprints, VersionsGrowAndTheirHistoryTellsOfSizesAlone) {
  const auto made = publish(an_agent);
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.text("/semantic_version"), "1.0.0");
  EXPECT_EQ(made.text("/pricing_model"), "free");
  EXPECT_EQ(made.text("/kind"), "agent");
  const auto blueprint = team_.in("/blueprints/" + made.id());
  const auto version = [&](const std::string& name) {
    return owner_.post(blueprint + "/versions", R"({"semantic_version":")" + name + R"(","definition":{"kind":"agent"},"changelog":"less"})");
  };
  EXPECT_EQ(version("0.9.0").text("/errors/0/code"), "not-greater");
  EXPECT_EQ(version("next").text("/errors/0/code"), "invalid");
  ASSERT_EQ(version("1.1.0").status, 200);
  const auto versions = owner_.get(blueprint + "/versions");
  ASSERT_EQ(versions.rows().size(), 2u) << versions;
  EXPECT_EQ(versions.text("/data/0/semantic_version"), "1.1.0");
  EXPECT_EQ(owner_.get(blueprint + "/versions?semantic_version=1.0.0").rows().size(), 1u);
  EXPECT_NE(owner_.get(blueprint + "/versions/1").raw.find(an_agent), std::string::npos);
  const auto history = owner_.get(blueprint + "/history");
  EXPECT_EQ(history.text("/data/0/type"), "blueprint.versioned");
  EXPECT_EQ(history.raw.find("Look closely"), history.raw.npos);
  EXPECT_EQ(owner_.patch(blueprint, R"({"pricing_model":"one-time","price":9.99,"name":"Reader"})").text("/pricing_model"), "one-time");
  EXPECT_EQ(owner_.get(blueprint).text("/name"), "Reader");
}

TEST_F(Blueprints, TheMarketShowsAllButTheDefinitionOfThoseThatAreListed) {
  const auto hidden = publish(an_agent).id();
  const auto id = listed(an_agent, R"("pricing_model":"subscription","price":5,"currency":"EUR")");
  auto stranger = newcomer(daybook_, "stranger");
  EXPECT_EQ(stranger.get(in_market(hidden)).status, 404);
  EXPECT_EQ(stranger.get(in_market(hidden, "/versions")).status, 404);
  const auto one = stranger.get(in_market(id));
  ASSERT_EQ(one.status, 200) << one;
  EXPECT_EQ(one.text("/currency"), "EUR");
  EXPECT_EQ(one.raw.find("Look closely"), one.raw.npos);
  EXPECT_EQ(stranger.get(in_market(id, "/versions")).rows().size(), 1u);
  EXPECT_EQ(stranger.get(in_market(id, "/versions?fields=definition")).status, 400);
  const auto market = "/marketplace/blueprints?publisher=" + owner_.user_id;
  const auto found = [&](const std::string& more) { return stranger.get(market + more).rows().size(); };
  EXPECT_EQ(found("&q=change&category=code&pricing_model=subscription,one-time&kind=agent"), 1u);
  EXPECT_EQ(found("&pricing_model=free"), 0u);
  EXPECT_EQ(found("&min_rating=1"), 0u) << "nobody has said anything";
  EXPECT_EQ(stranger.get(market + "&min_rating=good").status, 400);
  EXPECT_EQ(stranger.get(market + "&pricing_model=dear").status, 400);
  ASSERT_EQ(owner_.post(team_.in("/blueprints/" + id + "/reviews"), object("rating", 4)).status, 201);
  EXPECT_EQ(found("&min_rating=4&sort=-rating"), 1u);
  EXPECT_EQ(found("&min_rating=4.5&sort=-created_at"), 0u);
  ASSERT_EQ(owner_.post(team_.in("/blueprints/" + id + "/unlist")).status, 200);
  EXPECT_EQ(stranger.get(in_market(id)).status, 404);
}

TEST_F(Blueprints, WhatIsBoughtIsInstalledAsAWorkingAgentAndReviewedOnce) {
  const auto id = listed(an_agent, R"("pricing_model":"one-time","price":9.99)");
  Team buyers(daybook_, "Buyers");
  auto& buyer = buyers.owner;
  const auto there = buyers.in("/blueprints/" + id);
  for (const auto* what : {"/download", "/install"}) {
    const auto refused = buyer.post(there + what);
    EXPECT_EQ(refused.status, 402) << refused;
    EXPECT_EQ(refused.code(), "purchase-required");
  }
  EXPECT_EQ(buyer.post(there + "/reviews", object("rating", 1)).code(), "purchase-required");
  EXPECT_EQ(buyer.post(there + "/purchase", R"({"price":1})").code(), "price-changed");
  const auto purchase = buyer.post(there + "/purchase", R"({"price":9.99,"currency":"USD"})");
  ASSERT_EQ(purchase.status, 201) << purchase;
  EXPECT_EQ(purchase.text("/workspace_id"), buyers.id);
  EXPECT_EQ(buyer.post(there + "/purchase").status, 409);
  EXPECT_EQ(buyer.get(buyers.in("/blueprint-purchases")).text("/data/0/id"), purchase.id());
  EXPECT_TRUE(owner_.get(team_.in("/blueprint-purchases")).rows().empty()) << "it is the buyer's";
  const auto downloaded = buyer.post(there + "/download");
  EXPECT_NE(downloaded.raw.find(an_agent), downloaded.raw.npos) << downloaded;

  const auto agent_id = "01a00000-0000-7000-8000-" + id.substr(24);
  for (int sent = 0; sent < 2; ++sent) {
    const auto installed = buyer.post(there + "/install", object("id", agent_id, "name", "Our reviewer"));
    ASSERT_EQ(installed.status, 201) << installed;
    EXPECT_EQ(installed.text("/agent_id"), agent_id);
    EXPECT_EQ(installed.text("/semantic_version"), "1.0.0");
    EXPECT_EQ(installed.header("Location"), "/api/v1" + buyers.in("/agents/" + agent_id));
  }
  EXPECT_EQ(buyer.post(there + "/install", object("id", agent_id, "name", "Another")).status, 409);
  const auto agent = buyer.get(buyers.in("/agents/" + agent_id));
  EXPECT_EQ(agent.text("/name"), "Our reviewer");
  EXPECT_EQ(agent.text("/instructions"), "Look closely.");
  EXPECT_EQ(agent.text("/source/blueprint_id"), id);
  EXPECT_EQ(agent.text("/source/version"), "1.0.0");

  const auto review = buyer.post(there + "/reviews", object("rating", 5, "comment", "Fine."));
  ASSERT_EQ(review.status, 201) << review;
  EXPECT_EQ(buyer.post(there + "/reviews", object("rating", 1)).status, 409);
  const auto changed = buyer.patch(there + "/reviews/" + review.id(), object("rating", 4));
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(changed.raw.find("Look closely"), changed.raw.npos);
  const auto original = owner_.get(team_.in("/blueprints/" + id));
  EXPECT_EQ(original.number("/downloads"), 2);
  EXPECT_EQ(original.number("/installs"), 1);
  EXPECT_EQ(original.number("/sales"), 1);
  EXPECT_EQ(original.number("/reviews_count"), 1);
  EXPECT_EQ(buyer.get(in_market(id, "/reviews?expand=user")).text("/data/0/comment"), "Fine.");
  ASSERT_EQ(owner_.post(team_.in("/blueprints/" + id + "/unlist")).status, 200);
  EXPECT_EQ(buyer.post(there + "/download").status, 200) << "what was bought is kept";
  ASSERT_EQ(owner_.remove(team_.in("/blueprints/" + id)).status, 204);
  EXPECT_EQ(buyer.post(there + "/download").status, 404);
  EXPECT_EQ(buyer.get(buyers.in("/agents/" + agent_id)).status, 200);
}

TEST_F(Blueprints, AnInstalledWorkflowIsTheWorkspacesOwn) {
  const auto id = listed(a_workflow);
  Team others(daybook_, "Others");
  const auto installed = others.owner.post(others.in("/blueprints/" + id + "/install"));
  ASSERT_EQ(installed.status, 201) << installed;
  const auto workflow = others.owner.get(others.in("/workflows/" + installed.text("/workflow_id")));
  ASSERT_EQ(workflow.status, 200) << workflow;
  EXPECT_NE(workflow.raw.find(a_workflow), workflow.raw.npos);
  EXPECT_EQ(workflow.text("/source/blueprint_id"), id);
  EXPECT_EQ(owner_.get(team_.in("/blueprints/" + id + "/history")).raw.find(others.id), std::string::npos) << "whose it is stays theirs";
  EXPECT_EQ(others.owner.patch(others.in("/workflows/" + installed.id()), R"({"name":"Ours"})").status, 200);
}

}  // namespace
}  // namespace daybook::test::blueprints_test
