#include "tests/command-service/domain/billing_office.hpp"

namespace daybook::domain::plan_test {
namespace {

namespace happened = events::plan;
using events::Json;
using events::plan::PlanType;

const auto fresh = id_of<events::PlanId>(65);

class Plans : public BillingOffice {
 protected:
  static plan::Publish publishing() {
    plan::Publish command{};
    command.name = Name("Small");
    command.plan_type = PlanType::pro;
    command.price_monthly = money(9, 990'000'000);
    command.price_yearly = money(99);
    command.unit_prices = std::vector<plan::UnitPrice>{{plan::BillingUnit("token"), money(2), 1'000'000}};
    command.limits = Json{R"({"agents":7,"storage":"1 GB"})"};
    return command;
  }
};

TEST_F(Plans, OnlyASuperuserManagesThem) {
  for (const auto user : {olga, nora}) {
    spec<Plan>(fresh, std::nullopt).as(user).when(publishing()).then_rejected("forbidden");
    spec<Plan>(starter, std::nullopt).as(user).when(plan::Retire{}).then_rejected("forbidden");
    spec<Plan>(starter, std::nullopt).as(user).when(plan::Restore{}).then_rejected("forbidden");
    spec<Plan>(starter, std::nullopt).as(user).when(plan::Change{}).then_rejected("forbidden");
  }
  auto spec = plan(fresh);
  spec.when(publishing());
  ASSERT_FALSE(spec.rejection());
  EXPECT_EQ(spec.state().price_monthly, money(9, 990'000'000));
  EXPECT_EQ(spec.state().currency, "USD");
  spec.when(publishing()).then_rejected("already-exists", "/id");
}

TEST_F(Plans, APriceHoldsFromWhenItWasSetAndNoneIsRewritten) {
  passed = std::chrono::hours(1);
  plan::Change change{};
  change.price_monthly = money(35);
  plan(starter).when(change).then(happened::Repriced{money(35), money(300), "USD", plan(starter).state().unit_prices});
  plan(starter).when(change).then_nothing();
  const auto& prices = plan(starter).state().prices;
  ASSERT_EQ(prices.size(), 2u);
  EXPECT_EQ(prices[0].price_monthly, money(30));
  EXPECT_EQ(prices[0].effective_from, context().now);
  EXPECT_EQ(prices[1].price_monthly, money(35));
  EXPECT_EQ(prices[1].effective_from, now());
}

TEST_F(Plans, APatchTellsWhatItMeans) {
  plan::Change change{};
  change.name = Name("Starter");
  change.is_active = false;
  plan(starter).when(change).then(happened::Changed{"Starter", Json{"{}"}, plan(starter).state().limits, false});
  change.name = events::Patch<Name>::cleared();
  plan(starter).when(change).then_rejected("required", "/name");
}

TEST_F(Plans, WhatIsNoPriceOrLimitIsRefusedByName) {
  auto command = publishing();
  command.price_yearly = money(-1);
  plan(fresh).when(command).then_rejected("out-of-range", "/price_yearly");
  command = publishing();
  command.unit_prices->push_back({plan::BillingUnit("token"), money(1), {}});
  plan(fresh).when(command).then_rejected("repeated", "/unit_prices/1/billing_unit");
  command = publishing();
  command.unit_prices->front().per = 0;
  plan(fresh).when(command).then_rejected("out-of-range", "/unit_prices/0/per");
  for (const auto* limits : {R"({"agents":-2})", R"({"agents":1.5})", R"({"workflows":"many"})", "[]", "3"}) {
    command = publishing();
    command.limits = Json{limits};
    plan(fresh).when(command).then_rejected("invalid", "/limits");
  }
  command = publishing();
  command.features = Json{R"(["sso"])"};
  plan(fresh).when(command);
  EXPECT_EQ(plan(fresh).state().features.text, R"(["sso"])");
  command.features = Json{"\"sso\""};
  plan(id_of<events::PlanId>(66)).when(command).then_rejected("wrong-type", "/features");
}

TEST_F(Plans, ABillingUnitIsOneWord) {
  for (const auto* word : {"token", "agent_run", "api_call", "gb2"}) EXPECT_FALSE(plan::BillingUnit::rule(word)) << word;
  for (const auto* word : {"", "Token", "api call", "2d", "a:b"}) EXPECT_TRUE(plan::BillingUnit::rule(word)) << word;
}

TEST_F(Plans, TheOldestOnOfferIsTheOneOfItsType) {
  const auto oldest = [&] { return plan::oldest_offered(PlanType::pro, world.facts); };
  EXPECT_EQ(oldest(), events::stream_of(starter));
  plan(fresh).when(publishing());
  EXPECT_EQ(oldest(), events::stream_of(starter));
  plan(starter).when(plan::Retire{}).then(happened::Retired{});
  EXPECT_EQ(oldest(), events::stream_of(fresh));
  plan::Change off{};
  off.is_active = false;
  plan(fresh).when(off);
  EXPECT_FALSE(oldest());
  plan(fresh).when(plan::Retire{});
  plan(fresh).when(plan::Restore{});
  EXPECT_FALSE(oldest()) << "it is there again, but not offered";
  plan(starter).when(plan::Restore{}).then(happened::Restored{});
  EXPECT_EQ(oldest(), events::stream_of(starter));
  plan(starter).when(plan::Restore{}).then_nothing();
}

TEST_F(Plans, ARepeatedPublicationSaysTheSame) {
  plan(fresh).when(publishing());
  auto asking = context();
  asking.is_superuser = true;
  happened::Published first{};
  first.name = "Small";
  first.plan_type = PlanType::pro;
  first.price_monthly = money(9, 990'000'000);
  first.price_yearly = money(99);
  first.unit_prices = {{"token", money(2), 1'000'000}};
  first.limits.text = R"({"agents":7,"storage":"1 GB"})";
  EXPECT_TRUE(repeats(first, publishing(), asking, world.facts));
  auto other = publishing();
  other.price_yearly = money(98);
  EXPECT_FALSE(repeats(first, other, asking, world.facts));
  asking.is_superuser = false;
  EXPECT_FALSE(repeats(first, publishing(), asking, world.facts));
}

}  // namespace
}  // namespace daybook::domain::plan_test
