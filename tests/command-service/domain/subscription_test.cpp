#include "command-service/domain/subscription/subscription.hpp"

#include "command-service/domain/subscription/proration.hpp"
#include "tests/command-service/domain/billing_office.hpp"

namespace daybook::domain::subscription_test {
namespace {

namespace happened = events::subscription;
using events::plan::PlanType;
using std::chrono::days;
using subscription::BillingCycle;
using subscription::Status;

class Subscriptions : public BillingOffice {
 protected:
  // Those of the last event that closed one.
  static const happened::ClosedPeriod& closed(const std::vector<subscription::Event>& events) {
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      if (const auto* renewed = std::get_if<happened::Renewed>(&*event)) return renewed->closed;
      if (const auto* expired = std::get_if<happened::Expired>(&*event)) return expired->closed;
    }
    throw std::logic_error("nothing was closed");
  }
};

TEST_F(Subscriptions, AnOwnerStartsOneAtThePriceOfTheCycle) {
  subscription(ours).as(ada).when(starting(starter)).then_rejected("forbidden");
  auto command = starting(starter);
  command.billing_cycle = BillingCycle::yearly;
  auto spec = subscription(ours);
  spec.when(command);
  ASSERT_FALSE(spec.rejection());
  EXPECT_EQ(spec.state().price, money(300));
  EXPECT_EQ(spec.state().currency, "USD");
  EXPECT_EQ(spec.state().current_period_start, now());
  EXPECT_EQ(spec.state().current_period_end, subscription::months_after(now(), 12));
  EXPECT_EQ(spec.state().status, Status::active);
  spec.when(command).then_rejected("already-exists", "/id");
}

TEST_F(Subscriptions, AWorkspaceHasOneThatIsLive) {
  subscribe(starter);
  const auto second = id_of<events::SubscriptionId>(71);
  subscription(second).when(starting(premium)).then_rejected("already-exists");
  subscription::Cancel cancel{};
  subscription(ours).when(cancel).then(happened::Cancelled{});
  subscription(second).when(starting(premium)).then_rejected("already-exists");
  cancel.immediately = true;
  subscription(ours).when(cancel);
  EXPECT_EQ(state().status, Status::expired);
  subscription(second).when(starting(premium));
  EXPECT_EQ(subscription(second).state().status, Status::active);
  subscription(ours).when(cancel).then_rejected("expired");
  subscription(ours).when(changing_to(premium)).then_rejected("expired");
}

TEST_F(Subscriptions, OnlyWhatIsOnOfferCanBeHad) {
  subscription(ours).when(starting(id_of<events::PlanId>(69))).then_rejected("unknown-reference", "/plan_id");
  plan(premium).when(plan::Retire{});
  subscription(ours).when(starting(premium)).then_rejected("unknown-reference", "/plan_id");
  subscribe(starter);
  subscription(ours).when(changing_to(premium)).then_rejected("unknown-reference", "/plan_id");
  plan(starter).when(plan::Retire{});
  auto yearly = subscription::ChangePlan{};
  yearly.billing_cycle = BillingCycle::yearly;
  auto spec = subscription(ours);
  spec.when(yearly);
  EXPECT_FALSE(spec.rejection()) << "whoever has it keeps it to the end of the period";
}

TEST_F(Subscriptions, APeriodBeginsAtTheEarliestWhenItIsNotOverYet) {
  auto command = starting(starter);
  command.current_period_start = now() + days(1);
  subscription(ours).when(command).then_rejected("in-the-future", "/current_period_start");
  command.current_period_start = now() - days(40);
  subscription(ours).when(command).then_rejected("out-of-range", "/current_period_start");
  command.current_period_end = now();
  subscription(ours).when(command).then_rejected("out-of-range", "/current_period_end");
  command.current_period_end = now() + days(5);
  subscription(ours).when(command);
  passed = days(5);
  subscription(ours).when(subscription::Renew{});
  EXPECT_EQ(state().current_period_start, now());
  EXPECT_EQ(state().current_period_end, subscription::months_after(now(), 1));
}

TEST_F(Subscriptions, TimeRenewsItAtTheEndOfThePeriodAndNotBefore) {
  subscribe(starter);
  const auto begin = now();
  passed = days(31) - std::chrono::seconds(1);
  subscription(ours).when(subscription::Renew{}).then_nothing();
  passed = days(31);
  plan::Change dearer{};
  dearer.price_monthly = money(40);
  plan(starter).when(dearer);
  auto spec = subscription(ours);
  spec.when(subscription::Renew{});
  ASSERT_EQ(spec.events().size(), 1u);
  EXPECT_EQ(closed(spec.events()).base, money(30)) << "the price of the period was that of its beginning";
  EXPECT_EQ(closed(spec.events()).total, money(30));
  EXPECT_EQ(state().price, money(40));
  EXPECT_EQ(state().current_period_start, subscription::months_after(begin, 1));
  EXPECT_EQ(state().current_period_end, subscription::months_after(begin, 2));
  EXPECT_EQ(state().periods_closed, 1);
  spec.when(subscription::Renew{}).then_nothing();
}

TEST_F(Subscriptions, EveryPeriodThatPassedUnnoticedIsClosedByItself) {
  subscribe(starter);
  passed = days(31 + 28 + 31 + 5);
  auto spec = subscription(ours);
  spec.when(subscription::Renew{});
  EXPECT_EQ(spec.events().size(), 3u);
  EXPECT_EQ(state().periods_closed, 3);
  EXPECT_GT(state().current_period_end, now());
}

TEST_F(Subscriptions, ACancelledOneIsInForceToTheEndOfItsPeriod) {
  subscribe(starter);
  passed = days(10);
  subscription(ours).when(subscription::Cancel{}).then(happened::Cancelled{});
  subscription(ours).when(subscription::Cancel{}).then_nothing();
  follow();
  EXPECT_EQ(workspace_now().plan, PlanType::pro);
  subscription(ours).when(changing_to(premium)).then_rejected("cancelled");
  passed = days(31);
  auto spec = subscription(ours);
  spec.when(subscription::Expire{});
  EXPECT_EQ(closed(spec.events()).total, money(30));
  EXPECT_EQ(state().status, Status::expired);
  follow();
  EXPECT_EQ(workspace_now().plan, PlanType::free);
  EXPECT_FALSE(workspace_now().subscription_id);
  passed = days(100);
  spec.when(subscription::Renew{}).then_nothing();
}

TEST_F(Subscriptions, OneThatEndsAtOncePaysForTheTimeItTook) {
  auto command = starting(starter);
  command.current_period_end = now() + days(30);
  subscription(ours).when(command);
  passed = days(10);
  subscription::Cancel cancel{};
  cancel.immediately = true;
  auto spec = subscription(ours);
  spec.when(cancel);
  EXPECT_EQ(closed(spec.events()).base, money(10));
  EXPECT_EQ(closed(spec.events()).period_end, now());
}

TEST_F(Subscriptions, WhosePlanIsOfferedNoMoreEndsWithItsPeriod) {
  subscribe(starter);
  plan(starter).when(plan::Retire{});
  passed = days(31);
  subscription(ours).when(subscription::Renew{});
  EXPECT_EQ(state().status, Status::expired);
}

TEST_F(Subscriptions, AnotherPlanIsPaidForByTheTimeItTakes) {
  auto command = starting(starter);
  command.current_period_end = now() + days(30);
  subscription(ours).when(command);
  passed = days(10);
  subscription(ours).when(changing_to(premium)).then(happened::PlanChanged{premium, PlanType::enterprise, BillingCycle::monthly, money(100)});
  subscription(ours).when(changing_to(premium)).then_nothing();
  follow();
  EXPECT_EQ(workspace_now().plan, PlanType::enterprise);
  passed = days(30);
  auto spec = subscription(ours);
  spec.when(subscription::Renew{});
  const auto& period = closed(spec.events());
  ASSERT_EQ(period.charges.size(), 2u);
  EXPECT_EQ(period.charges[0].amount, money(10));
  EXPECT_EQ(period.charges[1].amount, money(66, 666'666'667));
  EXPECT_EQ(period.base, money(76, 666'666'667));
  EXPECT_EQ(state().price, money(100));
}

TEST_F(Subscriptions, AnotherCycleCountsFromTheNextPeriodOn) {
  subscribe(starter);
  const auto begin = now();
  subscription::ChangePlan yearly{};
  yearly.billing_cycle = BillingCycle::yearly;
  subscription(ours).when(yearly).then(happened::PlanChanged{starter, PlanType::pro, BillingCycle::yearly, money(30)});
  EXPECT_EQ(state().current_period_end, subscription::months_after(begin, 1));
  passed = days(31);
  auto spec = subscription(ours);
  spec.when(subscription::Renew{});
  EXPECT_EQ(closed(spec.events()).base, money(30));
  EXPECT_EQ(state().price, money(300));
  EXPECT_EQ(state().current_period_end, subscription::months_after(begin, 13));
}

TEST_F(Subscriptions, WhatComesAfterThePeriodClosesItFirst) {
  subscribe(starter);
  passed = days(40);
  auto spec = subscription(ours);
  spec.when(changing_to(premium));
  ASSERT_EQ(spec.events().size(), 2u);
  EXPECT_TRUE(std::holds_alternative<happened::Renewed>(spec.events()[0]));
  EXPECT_TRUE(std::holds_alternative<happened::PlanChanged>(spec.events()[1]));
  EXPECT_EQ(closed(spec.events()).base, money(30));
}

TEST_F(Subscriptions, APlanInAnotherCurrencyWaits) {
  subscribe(starter);
  plan::Change euros{};
  euros.currency = Currency("EUR");
  plan(premium).when(euros);
  subscription(ours).when(changing_to(premium)).then_rejected("currency-mismatch", "/plan_id");
}

TEST_F(Subscriptions, TheServiceThatBillsIsLinked) {
  subscribe(starter);
  subscription::LinkBilling link{};
  link.stripe_customer_id = subscription::ExternalId("cus_1");
  subscription(ours).when(link).then(happened::BillingLinked{{}, "cus_1"});
  subscription(ours).when(link).then_nothing();
  link.stripe_customer_id = events::Patch<subscription::ExternalId>::cleared();
  subscription(ours).when(link).then(happened::BillingLinked{});
}

TEST_F(Subscriptions, ARepeatedStartIsTheSameThoughPriceAndTimeAreOthers) {
  happened::Started first{};
  first.plan_id = starter;
  first.price = money(7);
  first.current_period_start = now() - days(9);
  first.current_period_end = now() + days(9);
  first.anchor = first.current_period_start;
  EXPECT_TRUE(repeats(first, starting(starter), in_acme(), world.facts));
  EXPECT_FALSE(repeats(first, starting(premium), in_acme(), world.facts));
}

}  // namespace
}  // namespace daybook::domain::subscription_test
