// That no money is made or lost, however plans follow each other in a period.
#include "command-service/domain/subscription/proration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace daybook::domain::subscription {
namespace {

using events::Decimal;
using events::subscription::Stretch;
using Wide = __int128;

const auto january = *text::parse_instant("2027-01-01T00:00:00Z");

text::Instant at(std::int64_t microseconds) { return january + std::chrono::microseconds(microseconds); }

TEST(Proration, EndsOfPeriodsKeepTheirDay) {
  const auto of = [](std::string_view day) { return *text::parse_instant(std::string(day) + "T12:30:00Z"); };
  EXPECT_EQ(months_after(of("2027-01-31"), 1), of("2027-02-28"));
  EXPECT_EQ(months_after(of("2027-01-31"), 2), of("2027-03-31"));
  EXPECT_EQ(months_after(of("2027-11-15"), 3), of("2028-02-15"));
  EXPECT_EQ(months_after(of("2028-02-29"), 12), of("2029-02-28"));
  EXPECT_EQ(months_after(of("2027-03-31"), -1), of("2027-02-28"));
}

TEST(Proration, AWholePeriodCostsThePriceToTheLastNanoUnit) {
  const auto charges = prorated({{{}, Decimal{1}, at(0)}}, at(0), at(3), at(3));
  ASSERT_EQ(charges.size(), 1u);
  EXPECT_EQ(charges[0].amount, Decimal{1});
}

TEST(Proration, ThreeThirdsAreTheWhole) {
  const auto charges = prorated({{{}, Decimal{10}, at(0)}, {{}, Decimal{10}, at(1)}, {{}, Decimal{10}, at(2)}}, at(0), at(3), at(3));
  ASSERT_EQ(charges.size(), 3u);
  EXPECT_EQ(charges[0].amount.nanos + charges[1].amount.nanos + charges[2].amount.nanos, 10);
}

TEST(Proration, APlanThatWasReplacedAtOnceCostsNothing) {
  const auto charges = prorated({{{}, Decimal{10}, at(0)}, {{}, Decimal{99}, at(2)}, {{}, Decimal{20}, at(2)}}, at(0), at(4), at(4));
  ASSERT_EQ(charges.size(), 2u);
  EXPECT_EQ(charges[1].price, Decimal{20});
  EXPECT_EQ(charges[0].amount.nanos + charges[1].amount.nanos, 15);
}

TEST(Proration, HalvesGoToTheEvenOne) {
  EXPECT_EQ(prorated({{{}, Decimal{1}, at(0)}}, at(0), at(2), at(1))[0].amount, Decimal{0});
  EXPECT_EQ(prorated({{{}, Decimal{3}, at(0)}}, at(0), at(2), at(1))[0].amount, Decimal{2});
  EXPECT_EQ(cost_of({500'000'000}, {1}, 1), Decimal{0});
  EXPECT_EQ(cost_of({1'500'000'000}, {1}, 1), Decimal{2});
}

TEST(Proration, APriceMayBeForManyUnits) {
  EXPECT_EQ(cost_of({1'234'567'000'000'000}, {37'500'000}, 1'000'000), Decimal{46'296'262});  // 46296.2625 rounded once
  EXPECT_FALSE(cost_of({9'000'000'000'000'000'000}, {9'000'000'000'000'000'000}, 1));
  EXPECT_FALSE(sum({9'000'000'000'000'000'000}, {9'000'000'000'000'000'000}));
}

// Any changes in any period, closed at any time: the charges lie end to end, each is within a nano-unit of its exact share, and
// together they are the exact sum, rounded once.
TEST(Proration, AnySequenceOfPlanChangesConservesMoney) {
  rc::check("prorated", [] {
    const auto length = *rc::gen::inRange<std::int64_t>(1, 31'622'400'000'000);
    const auto until = *rc::gen::inRange<std::int64_t>(0, length + 1);
    auto changes = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, length + 1));
    std::sort(changes.begin(), changes.end());
    std::vector<Stretch> stretches{{{}, Decimal{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000)}, at(0)}};
    for (const auto change : changes) stretches.push_back({{}, Decimal{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000)}, at(change)});

    const auto charges = prorated(stretches, at(0), at(length), at(until));

    Wide exact = 0, given = 0;
    auto here = at(0);
    for (const auto& charge : charges) {
      RC_ASSERT(charge.from == here);
      here = charge.to;
      const auto share = static_cast<Wide>(charge.price.nanos) * (charge.to - charge.from).count();
      const auto short_of = share - static_cast<Wide>(charge.amount.nanos) * length;
      RC_ASSERT(short_of < length && short_of > -static_cast<Wide>(length));
      exact += share;
      given += charge.amount.nanos;
    }
    const bool to_the_end = charges.empty() ? until == 0 : here == at(until);
    RC_ASSERT(to_the_end);
    const auto twice_off = 2 * (given * length - exact);
    RC_ASSERT(twice_off <= length && twice_off >= -static_cast<Wide>(length));
    if (twice_off == length || twice_off == -static_cast<Wide>(length)) RC_ASSERT(given % 2 == 0);
  });
}

}  // namespace
}  // namespace daybook::domain::subscription
