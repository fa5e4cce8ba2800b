// Exact decimal numbers: their digits come back as they went in, and what cannot be kept is refused.
#include "events/core/decimal.hpp"

#include <gtest/gtest.h>

#include "events/core/json.hpp"

namespace daybook::events {

struct Priced {
  Decimal rate;
  std::optional<Decimal> other;
};
BOOST_DESCRIBE_STRUCT(Priced, (), (rate, other))

namespace {

TEST(Decimals, AreWrittenWithTheirExactDigits) {
  for (const auto* digits : {"0", "12", "12.5", "-0.01", "0.1", "0.000000001", "9223372036.854775807", "-9223372036.854775808"}) {
    const auto number = Decimal::parse(digits);
    ASSERT_TRUE(number) << digits;
    EXPECT_EQ(number->text(), digits);
  }
}

TEST(Decimals, AreTheSameHoweverTheyAreWritten) {
  const auto nanos = [](std::string_view digits) { return Decimal::parse(digits).value().nanos; };
  EXPECT_EQ(nanos("12.50"), 12'500'000'000);
  EXPECT_EQ(nanos("1.25e1"), 12'500'000'000);
  EXPECT_EQ(nanos("125E-1"), 12'500'000'000);
  EXPECT_EQ(nanos("0.0125e+3"), 12'500'000'000);
  EXPECT_EQ(nanos("-0"), 0);
  EXPECT_EQ(nanos("0e99999999999"), 0);
}

TEST(Decimals, WhatCannotBeKeptExactlyIsRefused) {
  for (const auto* digits : {"0.0000000001", "1e-10", "9223372036.854775808", "1e10", "1e99999999999", "", "-", "1.", ".5", "01", "1e", "1 ", "ten", "+1"})
    EXPECT_FALSE(Decimal::parse(digits)) << digits;
}

TEST(Decimals, AQuotientIsRoundedToTheNearestAndTiesToTheEvenOne) {
  const auto hours = [](std::int64_t seconds) { return quotient(seconds, 3600, 2).text(); };
  EXPECT_EQ(hours(3600), "1");
  EXPECT_EQ(hours(5400), "1.5");
  EXPECT_EQ(hours(60), "0.02");
  EXPECT_EQ(hours(17), "0");
  EXPECT_EQ(hours(18), "0") << "0.005 lies between 0 and 0.01";
  EXPECT_EQ(hours(54), "0.02") << "0.015 lies between 0.01 and 0.02";
  EXPECT_EQ(quotient(-7, 2, 0).text(), "-4");
}

TEST(Decimals, AreJsonNumbersThatLoseNothing) {
  Priced priced;
  for (const auto reading : {Reading::strict, Reading::lenient}) {
    ASSERT_TRUE(from_json(R"({"rate" : 85.10 , "other":1e-9})", priced, reading));
    EXPECT_EQ(to_json(priced), R"({"rate":85.1,"other":0.000000001})");
  }
  const auto refused = [&](std::string_view json) { return from_json(json, priced, Reading::strict).errors.at(0); };
  EXPECT_EQ(refused(R"({"rate":"85.10"})").code, "wrong-type");
  EXPECT_EQ(refused(R"({"rate":{}})").code, "wrong-type");
  EXPECT_EQ(refused(R"({"rate":true})").code, "wrong-type");
  EXPECT_EQ(refused(R"({"rate":0.12345678901})").code, "out-of-range");
  EXPECT_EQ(refused(R"({"rate":1,"other":1e12})").pointer, "/other");
}

}  // namespace
}  // namespace daybook::events
