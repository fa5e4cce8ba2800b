#include "platform/text/instant.hpp"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

using std::chrono::microseconds;

std::string reformatted(std::string_view text) {
  const auto instant = parse_instant(text);
  return instant ? format_instant(*instant) : "refused";
}

TEST(Instant, IsWrittenWithSixDigitsAlways) {
  EXPECT_EQ(format_instant(Instant{}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_instant(Instant{microseconds{1}}), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(format_instant(Instant{microseconds{-1}}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_instant(Instant{microseconds{1795227886123456}}), "2026-11-21T02:24:46.123456Z");
}

TEST(Instant, OutsideTheYearsIsWrittenAsTheNearerEnd) {
  EXPECT_EQ(format_instant(Instant::max()), "9999-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_instant(Instant::min()), "0001-01-01T00:00:00.000000Z");
}

TEST(Instant, ReadsFractionsOfNoneToNineDigits) {
  EXPECT_EQ(reformatted("2026-11-21T02:24:46Z"), "2026-11-21T02:24:46.000000Z");
  EXPECT_EQ(reformatted("2026-11-21T02:24:46.1Z"), "2026-11-21T02:24:46.100000Z");
  EXPECT_EQ(reformatted("2026-11-21T02:24:46.123456Z"), "2026-11-21T02:24:46.123456Z");
  EXPECT_EQ(reformatted("2026-11-21T02:24:46.123456999Z"), "2026-11-21T02:24:46.123456Z");
  EXPECT_EQ(reformatted("1969-12-31T23:59:59.9999999Z"), "1969-12-31T23:59:59.999999Z");
}

TEST(Instant, ReadsOffsetsAndTolerantSeparators) {
  EXPECT_EQ(reformatted("2026-11-21T02:24:46+05:30"), "2026-11-20T20:54:46.000000Z");
  EXPECT_EQ(reformatted("2026-12-31T23:30:00-01:00"), "2027-01-01T00:30:00.000000Z");
  EXPECT_EQ(reformatted("2026-11-21t02:24:46z"), "2026-11-21T02:24:46.000000Z");
  EXPECT_EQ(reformatted("2026-11-21 02:24:46.5-00:00"), "2026-11-21T02:24:46.500000Z");
}

TEST(Instant, ABareDateIsTheEndOfThatDay) {
  EXPECT_EQ(reformatted("2026-11-21"), "2026-11-21T23:59:59.999999Z");
  EXPECT_EQ(reformatted("9999-12-31"), "9999-12-31T23:59:59.999999Z");
}

TEST(Instant, KnowsLeapYears) {
  EXPECT_EQ(reformatted("2024-02-29"), "2024-02-29T23:59:59.999999Z");
  EXPECT_EQ(reformatted("2000-02-29"), "2000-02-29T23:59:59.999999Z");
  EXPECT_EQ(reformatted("2026-02-29"), "refused");
  EXPECT_EQ(reformatted("1900-02-29"), "refused");
}

TEST(Instant, RefusesWhatIsNotADateTime) {
  for (const auto* bad : {"",
                          "2026",
                          "2026-1-21",
                          "2026-13-01",
                          "2026-00-01",
                          "2026-04-31",
                          "2026-04-00",
                          "0000-01-01",
                          "2026-11-21T",
                          "2026-11-21T02:24Z",
                          "2026-11-21T02:24:46",
                          "2026-11-21T24:00:00Z",
                          "2026-11-21T02:60:00Z",
                          "2026-11-21T23:59:60Z",
                          "2026-11-21T02:24:46.Z",
                          "2026-11-21T02:24:46.1234567890Z",
                          "2026-11-21T02:24:46+0530",
                          "2026-11-21T02:24:46+24:00",
                          "2026-11-21T02:24:46+05:60",
                          "2026-11-21T02:24:46Z ",
                          " 2026-11-21T02:24:46Z",
                          "2026-11-21_02:24:46Z",
                          "2026-11-21T02:24:46ZZ",
                          "2026-11-21T-2:24:46Z",
                          "+026-11-21",
                          "2026/11/21",
                          "2026-11-21T02.24.46Z",
                          "2026-11-21  02:24:46Z"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

TEST(Instant, AnOffsetCannotLeaveTheYears) {
  EXPECT_EQ(reformatted("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00.000000Z");
  EXPECT_FALSE(parse_instant("0001-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_instant("9999-12-31T23:59:59-00:01"));
}

TEST(Instant, EveryDayOfFourCenturiesSurvives) {
  auto day = std::chrono::sys_days{std::chrono::year{1890} / 1 / 1};
  const auto end = std::chrono::sys_days{std::chrono::year{2290} / 1 / 1};
  std::string before;
  for (; day < end; day += std::chrono::days{1}) {
    const Instant instant = day + std::chrono::hours{13} + microseconds{7};
    const std::string text = format_instant(instant);
    ASSERT_EQ(parse_instant(text), instant) << text;
    ASSERT_LT(before, text);
    before = text;
  }
}

TEST(Date, IsReadAndWritten) {
  EXPECT_EQ(Date::parse("2026-11-21"), (Date{2026, 11, 21}));
  EXPECT_EQ((Date{7, 2, 3}.text()), "0007-02-03");
  EXPECT_FALSE(Date::parse("2026-11-31"));
  EXPECT_FALSE(Date::parse("2026-11-21T00:00:00Z"));
  EXPECT_LT((Date{2026, 11, 21}), (Date{2026, 12, 1}));
}

TEST(Date, KnowsItsFirstAndLastMoment) {
  const Date date{2026, 11, 21};
  EXPECT_EQ(format_instant(date.first_moment()), "2026-11-21T00:00:00.000000Z");
  EXPECT_EQ(format_instant(date.last_moment()), "2026-11-21T23:59:59.999999Z");
  EXPECT_EQ(date_of(date.last_moment()), date);
  EXPECT_EQ(date_of(date.last_moment() + microseconds{1}), (Date{2026, 11, 22}));
}

}  // namespace
}  // namespace daybook::text
