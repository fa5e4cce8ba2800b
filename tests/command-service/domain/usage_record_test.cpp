#include "command-service/domain/usage_record/usage_record.hpp"

#include <rapidcheck.h>

#include "tests/command-service/domain/billing_office.hpp"

namespace daybook::domain::usage_record_test {
namespace {

using events::Decimal;
using events::subscription::ClosedPeriod;
using std::chrono::days;

const auto fresh = id_of<events::UsageRecordId>(500);

class UsageRecords : public BillingOffice {
 protected:
  static std::string code_of(const std::optional<Rejection>& rejection) { return rejection ? rejection->code : "accepted"; }
  static std::string pointer_of(const std::optional<Rejection>& rejection) {
    return rejection && !rejection->errors.empty() ? rejection->errors.front().pointer : "";
  }
  ClosedPeriod close_period() {
    passed = std::chrono::ceil<std::chrono::seconds>(state().current_period_end - context().now);
    auto spec = subscription(ours);
    spec.when(subscription::Renew{});
    return std::get<events::subscription::Renewed>(spec.events().at(0)).closed;
  }
};

TEST_F(UsageRecords, WithoutASubscriptionItCountsInTheCalendarMonth) {
  auto command = used("api_call", 3, "a");
  EXPECT_EQ(pointer_of(happen(fresh, command)), "/unit_price") << "no plan in force has a price for it";
  command.unit_price = money(0, 500);
  EXPECT_EQ(code_of(happen(fresh, command)), "accepted");
  EXPECT_EQ(record(fresh).total_cost, money(0, 1500));
  EXPECT_EQ(record(fresh).currency, "USD");
  EXPECT_FALSE(record(fresh).subscription_id);
  EXPECT_EQ(record(fresh).period_start, *text::parse_instant("2027-01-01T00:00:00Z"));
  EXPECT_EQ(record(fresh).period_end, *text::parse_instant("2027-02-01T00:00:00Z"));
}

TEST_F(UsageRecords, ThePriceIsThePlansThatIsInForce) {
  subscribe(starter);
  EXPECT_EQ(code_of(happen(fresh, used("token", 3'000'000, "a"))), "accepted");
  EXPECT_EQ(record(fresh).unit_price, money(2, 500'000'000));
  EXPECT_EQ(record(fresh).price_per, 1'000'000);
  EXPECT_EQ(record(fresh).total_cost, money(7, 500'000'000));
  EXPECT_EQ(record(fresh).subscription_id, ours);
  EXPECT_EQ(record(fresh).period_end, state().current_period_end);
  plan::Change cheaper{};
  cheaper.unit_prices = std::vector<plan::UnitPrice>{{plan::BillingUnit("token"), money(1), 1'000'000}};
  plan(starter).when(cheaper);
  const auto second = id_of<events::UsageRecordId>(501);
  EXPECT_EQ(code_of(happen(second, used("token", 3'000'000, "b"))), "accepted");
  EXPECT_EQ(record(second).total_cost, money(3));
  EXPECT_EQ(record(fresh).total_cost, money(7, 500'000'000)) << "what was recorded keeps its price";
}

TEST_F(UsageRecords, WhatIsKnownFromItsSourceIsNotRecordedAgain) {
  auto command = used("token", 1, "same");
  command.unit_price = money(1);
  EXPECT_EQ(code_of(happen(fresh, command)), "accepted");
  EXPECT_EQ(usage_record::recorded_as(acme, "gateway", "same", world.facts), events::stream_of(fresh));
  EXPECT_FALSE(usage_record::recorded_as(other, "gateway", "same", world.facts));
  EXPECT_FALSE(usage_record::recorded_as(acme, "api", "same", world.facts));
  EXPECT_EQ(code_of(happen(id_of<events::UsageRecordId>(501), command)), "already-exists") << "the claim stands behind the answer";
}

TEST_F(UsageRecords, WhatCannotBeAmountsIsRefused) {
  auto command = used("token", -1, "a");
  command.unit_price = money(1);
  EXPECT_EQ(pointer_of(happen(fresh, command)), "/quantity");
  command = used("token", 1, "a");
  command.unit_price = money(-1);
  EXPECT_EQ(pointer_of(happen(fresh, command)), "/unit_price");
  command = used("token", 1, "a");
  command.price_per = 2;
  subscribe(starter);
  EXPECT_EQ(pointer_of(happen(fresh, command)), "/price_per");
  command = used("token", 9'000'000'000, "a");
  command.unit_price = money(9'000'000'000);
  EXPECT_EQ(pointer_of(happen(fresh, command)), "/quantity");
  command.unit_price = money(1);
  EXPECT_EQ(code_of(happen(fresh, command)), "accepted");
  command.source_id = usage_record::SourceId("b");
  EXPECT_EQ(code_of(happen(id_of<events::UsageRecordId>(501), command)), "out-of-range") << "the period's total would be too large";
}

TEST_F(UsageRecords, AnotherCurrencyCountsWithNoSubscription) {
  subscribe(starter);
  auto command = used("agent_run", 1, "a");
  command.unit_price = money(1);
  command.currency = Currency("EUR");
  EXPECT_EQ(code_of(happen(fresh, command)), "accepted");
  EXPECT_FALSE(record(fresh).subscription_id);
  EXPECT_TRUE(state().units.empty());
}

TEST_F(UsageRecords, APeriodClosesWithItsExactTotals) {
  subscribe(starter);
  happen(fresh, used("token", 2'000'000, "a"));
  auto call = used("api_call", 7, "b");
  call.unit_price = money(0, 3);
  happen(id_of<events::UsageRecordId>(501), call);
  call.source_id = usage_record::SourceId("c");
  happen(id_of<events::UsageRecordId>(502), call);
  const auto closed = close_period();
  ASSERT_EQ(closed.usage.size(), 2u);
  EXPECT_EQ(closed.usage[0], (events::subscription::UnitTotal{"token", money(2'000'000), money(5), 1}));
  EXPECT_EQ(closed.usage[1], (events::subscription::UnitTotal{"api_call", money(14), money(0, 42), 2}));
  EXPECT_EQ(closed.total, money(35, 42));
  EXPECT_TRUE(close_period().usage.empty()) << "nothing counts twice";
}

TEST_F(UsageRecords, WhatIsUsedAfterAPeriodClosesItFirst) {
  subscribe(starter);
  happen(fresh, used("token", 1'000'000, "a"));
  passed = days(33);
  const auto second = id_of<events::UsageRecordId>(501);
  EXPECT_EQ(code_of(happen(second, used("token", 4'000'000, "b"))), "accepted");
  EXPECT_EQ(state().periods_closed, 1);
  EXPECT_EQ(record(second).period_start, state().current_period_start);
  EXPECT_EQ(close_period().usage_cost, money(10));
}

TEST_F(UsageRecords, AnAdjustmentCountsInTheOpenPeriodForAClosedOneStands) {
  subscribe(starter);
  happen(fresh, used("token", 2'000'000, "a"));
  EXPECT_EQ(close_period().usage_cost, money(5));
  usage_record::Adjust less{};
  less.quantity = money(1'000'000);
  EXPECT_EQ(code_of(happen(fresh, less)), "accepted");
  EXPECT_EQ(record(fresh).total_cost, money(2, 500'000'000));
  const auto closed = close_period();
  ASSERT_EQ(closed.usage.size(), 1u);
  EXPECT_EQ(closed.usage[0].total_cost.nanos, -2'500'000'000);
  EXPECT_EQ(closed.usage[0].count, 0);
  EXPECT_EQ(closed.total, money(27, 500'000'000));
  const auto version = record(fresh).version;
  EXPECT_EQ(code_of(happen(fresh, less)), "accepted");
  EXPECT_EQ(record(fresh).version, version) << "no change is no event";
}

TEST_F(UsageRecords, ARepeatedRecordSaysTheSame) {
  subscribe(starter);
  happen(fresh, used("token", 1, "a"));
  const auto first = events::fields_as<events::usage_record::Recorded>(record(fresh));
  EXPECT_TRUE(repeats(first, used("token", 1, "a"), in_acme(), world.facts));
  EXPECT_FALSE(repeats(first, used("token", 2, "a"), in_acme(), world.facts));
}

// An office of its own for each story.
class Story final : public UsageRecords {
 public:
  Story() { SetUp(); }
  using UsageRecords::close_period;
  using UsageRecords::happen;
  using UsageRecords::record;
  using UsageRecords::starter;
  using UsageRecords::subscribe;

 private:
  void TestBody() override {}
};

// Whatever is recorded, sent again, adjusted and closed, in whatever order: what the closed periods and the open one come to is what
// the records come to.
TEST_F(UsageRecords, NoUsageIsLostOrCountedTwice) {
  rc::check("conserved", [] {
    Story office;
    office.subscribe(office.starter);
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100));
    std::map<int, bool> made;
    std::int64_t closed = 0, times = 0;
    for (const auto step : steps) {
      const int n = step % 7;
      const auto id = id_of<events::UsageRecordId>(600 + n);
      auto command = used(n % 2 == 0 ? "token" : "api_call", step * 1000, "source-" + std::to_string(n));
      command.unit_price = money(0, step + 1);
      command.price_per = 3;
      if (step % 10 == 9) {
        const auto period = office.close_period();
        closed += period.usage_cost.nanos;
        for (const auto& unit : period.usage) times += unit.count;
      } else if (made[n]) {
        usage_record::Adjust adjust{};
        adjust.quantity = command.quantity;
        RC_ASSERT(!office.happen(id, adjust));
      } else {
        made[n] = true;
        RC_ASSERT(!office.happen(id, command));
        RC_ASSERT(office.happen(id_of<events::UsageRecordId>(700 + n), command).has_value());
      }
    }
    const auto last = office.close_period();
    closed += last.usage_cost.nanos;
    for (const auto& unit : last.usage) times += unit.count;
    std::int64_t exact = 0, count = 0;
    for (const auto& [n, there] : made) {
      exact += office.record(id_of<events::UsageRecordId>(600 + n)).total_cost.nanos;
      ++count;
    }
    RC_ASSERT(closed == exact);
    RC_ASSERT(times == count);
  });
}

}  // namespace
}  // namespace daybook::domain::usage_record_test
