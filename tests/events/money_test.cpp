// Money: one rounding, ties to the even nano-unit, and nothing where a sum does not fit.
#include "events/core/money.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace daybook::events {
namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();

TEST(Money, ATieGoesToTheEvenNanoUnit) {
  EXPECT_EQ(half_even(5, 10), 0);
  EXPECT_EQ(half_even(15, 10), 2);
  EXPECT_EQ(half_even(25, 10), 2);
  EXPECT_EQ(half_even(35, 10), 4);
  EXPECT_EQ(half_even(-5, 10), 0);
  EXPECT_EQ(half_even(-15, 10), -2);
  EXPECT_EQ(half_even(-25, 10), -2);
}

TEST(Money, WhatIsNoTieGoesToTheNearer) {
  EXPECT_EQ(half_even(14, 10), 1);
  EXPECT_EQ(half_even(16, 10), 2);
  EXPECT_EQ(half_even(24, 10), 2);
  EXPECT_EQ(half_even(26, 10), 3);
  EXPECT_EQ(half_even(-26, 10), -3);
  EXPECT_EQ(half_even(2, 3), 1);
  EXPECT_EQ(half_even(1, 3), 0);
}

TEST(Money, WhatDoesNotFitIsNothing) {
  EXPECT_EQ(half_even(most, 1), most);
  EXPECT_EQ(half_even(least, 1), least);
  EXPECT_FALSE(half_even(static_cast<__int128>(most) + 1, 1));
  EXPECT_FALSE(half_even(static_cast<__int128>(least) - 1, 1));
  EXPECT_EQ(sum(Decimal{most - 1}, Decimal{1}), Decimal{most});
  EXPECT_FALSE(sum(Decimal{most}, Decimal{1}));
  EXPECT_FALSE(sum(Decimal{least}, Decimal{-1}));
}

TEST(Money, ABillIsRoundedOnceAndNotLineByLine) {
  const auto price = Decimal::parse("0.0004").value();  // 400 000 nano-units for a million: 0.4 for each
  Bill bill;
  for (int line = 0; line < 5; ++line) bill.add(1, price);
  EXPECT_EQ(bill.total(1'000'000), Decimal{2}) << "each line alone would round to 0";
}

TEST(Money, ABillOfManyUnitsAtADearPriceFitsUntilItsTotalDoesNot) {
  Bill bill;
  for (int line = 0; line < 6; ++line) bill.add(1'000'000'000'000, Decimal{most});
  EXPECT_FALSE(bill.total(1'000'000));
  EXPECT_EQ(bill.total(6'000'000'000'000), Decimal{most});
}

}  // namespace
}  // namespace daybook::events
