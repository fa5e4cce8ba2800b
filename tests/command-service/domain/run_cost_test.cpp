// What a run costs, to the last nano-unit, or that nobody knows.
#include "command-service/domain/execution/cost.hpp"

#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::run_cost_test {
namespace {

using events::Decimal;
using events::ai_provider::ModelPrice;
using events::execution::Usage;
using execution::Cost;
using execution::cost_of;
using execution::Reported;

Decimal decimal(std::string_view digits) { return Decimal::parse(digits).value(); }

ModelPrice price() {
  ModelPrice price{};
  price.model = "large";
  price.currency = "USD";
  price.input = decimal("3");
  price.cache_read = decimal("0.3");
  price.cache_write = decimal("3.75");
  price.output = decimal("15");
  return price;
}

Usage usage(std::optional<std::int64_t> input, std::optional<std::int64_t> output) {
  Usage usage{};
  usage.input = input;
  usage.output = output;
  return usage;
}

// ---- usage by a price -----------------------------------------------------------------------------------------------

TEST(RunCosts, EachTypeIsPricedOnceAtItsOwnPrice) {
  auto used = usage(1'000'000, 2'000'000);
  used.cache_read = 10'000'000;
  used.cache_write = 1'000'000;
  EXPECT_EQ(cost_of(used, price()), decimal("39.75").nanos);
}

TEST(RunCosts, AreRoundedOnceAndToTheEvenNanoUnit) {
  auto each = price();
  each.input = decimal("0.0005");  // half a nano-unit for a token
  each.output = decimal("0.0005");
  EXPECT_EQ(cost_of(usage(1, 0), each), 0);
  EXPECT_EQ(cost_of(usage(3, 0), each), 2);
  EXPECT_EQ(cost_of(usage(1, 1), each), 1) << "neither half is rounded by itself";
}

TEST(RunCosts, WhatIsNotReportedIsUnknownAndNotFree) {
  EXPECT_FALSE(cost_of(Usage{}, price()));
  EXPECT_FALSE(cost_of(usage(5, std::nullopt), price())) << "what came out is missing";
  EXPECT_FALSE(cost_of(usage(std::nullopt, 5), price())) << "what went in is missing";
  EXPECT_EQ(cost_of(usage(0, 0), price()), 0) << "that nothing was used was reported";
}

TEST(RunCosts, TokensOfATypeWithoutAPriceMakeItUnknown) {
  auto used = usage(5, 5);
  used.reasoning = 1;
  EXPECT_FALSE(cost_of(used, price()));
  used.reasoning = 0;
  EXPECT_EQ(cost_of(used, price()), cost_of(usage(5, 5), price()));
  Usage unsplit{};
  unsplit.unsplit = 7;
  EXPECT_FALSE(cost_of(unsplit, price()));
  auto blended = price();
  blended.unsplit = decimal("6");
  EXPECT_EQ(cost_of(unsplit, blended), 42'000);
}

// ---- which price, and what was reported -----------------------------------------------------------------------------

class RunCost : public Office {
 protected:
  const events::AiProviderId openai = id_of<events::AiProviderId>(70);

  void SetUp() override {
    Office::SetUp();
    events::ai_provider::Added added{};
    added.provider = "openai";
    auto earlier = price(), later = price();
    earlier.effective_from = at(-100);
    later.effective_from = at(0);
    later.input = decimal("30");
    spec<AiProvider>(openai, acme).as(ada).given(added, events::ai_provider::PricesSet{{earlier, later}});
  }
  text::Instant at(int seconds) const { return context().now + std::chrono::seconds(seconds); }
  Result<Cost> cost(const Reported& reported, int ended = 0, const std::string& provider = "openai", const std::string& model = "large",
                    const std::optional<Cost>& before = std::nullopt) {
    return execution::cost_of_run(reported, {provider, model}, at(ended), before, world.state<Workspace>(events::stream_of(acme)), world.facts);
  }
  static Reported reported(const Usage& usage) { return {usage, std::nullopt, std::nullopt}; }
  static void expect_refused(const Result<Cost>& cost, std::string_view code, std::string_view pointer) {
    ASSERT_FALSE(cost);
    EXPECT_EQ(cost.error().code, code);
    EXPECT_EQ(cost.error().errors.at(0).pointer, pointer);
  }
  void spend(std::int64_t nanos) {
    events::Envelope envelope{};
    testing::MemoryEffects effects(world.facts, envelope);
    execution::move_spent(acme, std::nullopt, execution::Spent{nanos, "USD", at(0), {}, {}, {}}, effects);
  }
};

TEST_F(RunCost, GoesByThePriceInForceWhenTheRunEnded) {
  EXPECT_EQ(cost(reported(usage(1'000'000, 0)), -1).value(), (Cost{decimal("3").nanos, "USD", openai}));
  EXPECT_EQ(cost(reported(usage(1'000'000, 0)), 0).value(), (Cost{decimal("30").nanos, "USD", openai})) << "in force from that very moment";
  EXPECT_EQ(cost(reported(usage(1'000'000, 0)), -101).value(), (Cost{std::nullopt, "USD", openai})) << "before there was a price";
}

TEST_F(RunCost, ReportedWinsOverThePrice) {
  EXPECT_EQ(cost({usage(1'000'000, 0), decimal("0.000000001"), "EUR"}).value(), (Cost{1, "EUR", openai}));
  EXPECT_EQ(cost({Usage{}, decimal("0"), std::nullopt}).value(), (Cost{0, "USD", openai})) << "free, and known to be";
}

TEST_F(RunCost, IsUnknownWithoutAPriceOfItsProviderAndModel) {
  EXPECT_EQ(cost(reported(usage(5, 5)), 0, "anthropic").value(), (Cost{std::nullopt, "USD", std::nullopt}));
  EXPECT_EQ(cost(reported(usage(5, 5)), 0, "").value(), (Cost{std::nullopt, "USD", std::nullopt}));
  EXPECT_EQ(cost(reported(usage(5, 5)), 0, "openai", "small").value(), (Cost{std::nullopt, "USD", openai}));
}

TEST_F(RunCost, WhatIsNegativeOrBeyondAllBoundsIsRefused) {
  expect_refused(cost({Usage{}, decimal("-0.000000001"), std::nullopt}), "out-of-range", "/reported_cost");
  expect_refused(cost(reported(usage(-1, 0))), "out-of-range", "/usage/input");
  expect_refused(cost(reported(usage(0, execution::tokens_max + 1))), "out-of-range", "/usage/output");
}

TEST_F(RunCost, ThatAWorkspacesCostsCannotBeAddedUpToIsRefused) {
  const auto much = decimal("4000000000");
  EXPECT_TRUE(cost({Usage{}, much, std::nullopt}).has_value());
  spend(1);
  expect_refused(cost({Usage{}, much, std::nullopt}), "out-of-range", "/reported_cost");
  EXPECT_TRUE(cost({Usage{}, much, "EUR"}).has_value()) << "currencies are added up apart";
  EXPECT_TRUE(cost({Usage{}, much, std::nullopt}, 0, "openai", "large", Cost{1, "USD", openai}).has_value()) << "in place of what it was";
}

// ---- what is held back ----------------------------------------------------------------------------------------------

TEST_F(RunCost, OfAnAnswerIsHeldBackUpToItsMostTokens) {
  auto asked = context();
  asked.user = max;
  const auto admitted = admit(asked, world.state<Workspace>(events::stream_of(acme)), Permission::executions_write).value();
  const execution::Planned run{first, std::nullopt, {"openai", "large"}, 1000};
  EXPECT_EQ(execution::reserve(run, admitted, world.facts).value(),
            (events::execution::Reservation{decimal("0.015").nanos, "USD", std::nullopt, openai}));
  spec<AiProvider>(openai, acme).as(ada).given(events::ai_provider::BudgetSet{decimal("0.01")});
  EXPECT_EQ(execution::reserve(run, admitted, world.facts).error().code, "budget-exceeded");
  EXPECT_FALSE(execution::refuse_over_budget(run, admitted, world.facts)) << "there is something left";
}

}  // namespace
}  // namespace daybook::domain::run_cost_test
