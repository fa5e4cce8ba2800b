// Plans, a subscription, what was used, and what a workspace may have, over HTTP.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::billing_test {
namespace {

class Billing : public ::testing::Test {
 protected:
  void SetUp() override {
    EXPECT_EQ(admin("grant").exit_code, 0);
    const auto published =
        seller_.post("/plans", R"({"name":"Team","plan_type":"enterprise","price_monthly":29.99,"price_yearly":299.9,)"
                               R"("unit_prices":[{"billing_unit":"token","price":0.0375,"per":1000000}],"limits":{"agents":2,"workflows":-1}})");
    ASSERT_EQ(published.status, 201) << published;
    plan_ = published.id();
  }
  // Other tests find other plans on offer.
  void TearDown() override {
    EXPECT_EQ(seller_.remove("/plans/" + plan_).status, 204);
    EXPECT_EQ(admin("revoke").exit_code, 0);
  }
  RunResult admin(const std::string& what) { return daybook_.run({"admin", what, seller_.email, "--allow-unsafe-database"}); }
  Reply used(const std::string& source_id, const std::string& more = "") {
    return owner_.post(team_.in("/usage"), R"({"source":"gateway","source_id":")" + source_id + R"(","billing_unit":"token","quantity":1234567)" + more + "}");
  }
  std::string subscribe() {
    const auto started = owner_.post(team_.in("/subscriptions"), object("plan_id", plan_, "billing_cycle", "monthly"));
    EXPECT_EQ(started.status, 201) << started;
    return started.id();
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
  Caller seller_ = newcomer(daybook_, "seller");
  std::string plan_;
};

TEST_F(Billing, APlanKeepsWhatItEverCostAndEverybodyReadsIt) {
  EXPECT_EQ(owner_.post("/plans", object("name", "Mine", "plan_type", "free", "price_monthly", 0, "price_yearly", 0)).status, 403);
  ASSERT_EQ(seller_.patch("/plans/" + plan_, object("price_monthly", 31, "name", "Teams")).status, 200);
  const auto plan = owner_.get("/plans/" + plan_);
  ASSERT_EQ(plan.status, 200) << plan;
  EXPECT_EQ(plan.text("/name"), "Teams");
  EXPECT_NE(plan.raw.find(R"("price_monthly":29.99)"), plan.raw.npos) << plan;
  EXPECT_EQ(plan.at("/prices").as_array().size(), 2u);
  EXPECT_EQ(plan.number("/price_monthly"), 31);
}

TEST_F(Billing, ASubscriptionDecidesThePlanAndThePlanWhatThereMayBe) {
  EXPECT_EQ(owner_.get(team_.in("/subscription")).status, 404);
  EXPECT_EQ(owner_.get(team_.in("/quota")).number("/limits/agents"), 5) << "as usual for a free plan";
  const auto id = subscribe();
  EXPECT_EQ(owner_.get(team_.in("/subscription")).id(), id);
  EXPECT_EQ(owner_.get(team_.in()).text("/plan"), "enterprise");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(owner_.post(team_.in("/agents"), object("name", "Robot")).status, 201);
  const auto third = owner_.post(team_.in("/agents"), object("name", "Robot"));
  EXPECT_EQ(third.status, 402) << third;
  EXPECT_EQ(third.code(), "quota-exceeded");
  const auto quota = owner_.get(team_.in("/quota"));
  EXPECT_EQ(quota.number("/limits/agents"), 2) << quota;
  EXPECT_EQ(quota.number("/usage/agents"), 2) << quota;
  // When it is cancelled at once, then its only period is closed and the workspace is free
  ASSERT_EQ(owner_.post(team_.in("/subscriptions/" + id + "/cancel"), object("immediately", true)).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/subscriptions/" + id)).text("/status"), "expired");
  EXPECT_EQ(owner_.get(team_.in("/subscriptions/" + id + "/periods")).rows().size(), 1u);
  EXPECT_EQ(owner_.get(team_.in()).text("/plan"), "free");
}

TEST_F(Billing, ASuperuserSetsPlanAndQuotaOfAnyWorkspaceAndOffersAPlanAgain) {
  // Given a plan that was retired and is offered again
  ASSERT_EQ(seller_.remove("/plans/" + plan_).status, 204);
  ASSERT_EQ(seller_.post("/plans/" + plan_ + "/restore").status, 200);
  // When a superuser gives it to somebody's workspace, with a quota of its own
  EXPECT_EQ(owner_.post(team_.in("/plan"), object("plan", "enterprise", "plan_id", plan_)).status, 403);
  ASSERT_EQ(seller_.post(team_.in("/plan"), object("plan", "enterprise", "plan_id", plan_)).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/quota")).number("/limits/agents"), 2);
  ASSERT_EQ(seller_.post(team_.in("/quota"), object("resource_quota", json::object{{"agents", 0}})).status, 200);
  // Then the quota counts before the plan's
  EXPECT_EQ(owner_.post(team_.in("/agents"), object("name", "Robot")).code(), "quota-exceeded");
  ASSERT_EQ(seller_.post(team_.in("/quota"), R"({"resource_quota":null})").status, 200);
  EXPECT_EQ(owner_.post(team_.in("/agents"), object("name", "Robot")).status, 201);
  EXPECT_EQ(owner_.get(team_.in()).text("/plan"), "enterprise");
}

TEST_F(Billing, WhatIsSentTwiceIsRecordedOnce) {
  subscribe();
  const auto first = used("a-1");
  ASSERT_EQ(first.status, 201) << first;
  EXPECT_FALSE(first.at("/duplicate").as_bool());
  EXPECT_NE(first.raw.find(R"("total_cost":0.046296262)"), first.raw.npos) << first;
  const auto again = used("a-1", R"(,"unit_price":99)");
  ASSERT_EQ(again.status, 200) << again;
  EXPECT_TRUE(again.at("/duplicate").as_bool());
  EXPECT_EQ(again.id(), first.id());
  ASSERT_EQ(used("a-2").status, 201);
  const auto summary = owner_.get(team_.in("/usage/summary"));
  ASSERT_EQ(summary.status, 200) << summary;
  EXPECT_EQ(summary.number("/usage_by_unit/token/count"), 2) << summary;
  EXPECT_NE(summary.raw.find(R"("total_cost":0.092592524)"), summary.raw.npos) << summary;
  EXPECT_EQ(summary.text("/currency"), "USD");
  EXPECT_EQ(owner_.get(team_.in("/usage?source=gateway")).rows().size(), 2u);
}

TEST_F(Billing, ASuspendedWorkspaceIsReadUntilItIsResumed) {
  const auto issue = team_.issue();
  ASSERT_EQ(seller_.post(team_.in("/suspend"), object("suspension_reason", "unpaid")).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/issues/" + issue)).status, 200);
  const auto refused = owner_.post(team_.in("/issues"), object("title", "More"));
  EXPECT_EQ(refused.status, 403) << refused;
  EXPECT_EQ(refused.code(), "suspended");
  EXPECT_FALSE(owner_.get(team_.in()).at("/is_active").as_bool());
  EXPECT_EQ(owner_.post(team_.in("/resume")).status, 403);
  ASSERT_EQ(seller_.post(team_.in("/resume")).status, 200);
  EXPECT_EQ(owner_.post(team_.in("/issues"), object("title", "More")).status, 201);
}

TEST_F(Billing, TheAddressThatBillsGoToIsReadByAdminsAndOwnersAlone) {
  const auto say = [&](const json::object& info) { return owner_.patch(team_.in("/billing"), json::serialize(json::object{{"billing_info", info}})); };
  const std::string mark = "/billing_info/billingEmail";
  auto manager = team_.joined_by(daybook_, "admin");
  ASSERT_EQ(say({{"customerId", "cus_1"}, {"billingEmail", "bills@example.org"}}).status, 200);
  EXPECT_EQ(owner_.get(team_.in()).text(mark), "[sealed]");
  EXPECT_EQ(owner_.get(team_.in("/billing")).text(mark), "bills@example.org");
  EXPECT_EQ(owner_.get(team_.in("/billing")).text("/billing_info/customerId"), "cus_1");
  EXPECT_EQ(manager.get(team_.in("/billing")).text(mark), "bills@example.org");
  EXPECT_EQ(team_.joined_by(daybook_, "member").get(team_.in("/billing")).status, 403);
  // What everybody reads can be sent back
  ASSERT_EQ(say({{"customerId", "cus_2"}, {"billingEmail", "[sealed]"}}).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/billing")).text(mark), "bills@example.org");
  ASSERT_EQ(say({{"customerId", "cus_2"}, {"billingEmail", nullptr}}).status, 200);
  const auto without = owner_.get(team_.in("/billing"));
  EXPECT_EQ(without.raw.find("billingEmail"), without.raw.npos) << without;
}

}  // namespace
}  // namespace daybook::test::billing_test
