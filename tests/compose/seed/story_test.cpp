#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/compose/seed/told.hpp"

namespace daybook::seed::test {
namespace {

std::map<std::string, std::int64_t> counts(const Written& told) {
  std::map<std::string, std::int64_t> out;
  for (const auto& step : told.steps) ++out[step.type];
  return out;
}

TEST(Story, IsTheSameForTheSameSeed) { EXPECT_TRUE(Written(terms()).steps == Written(terms()).steps); }

TEST(Story, IsAnotherForAnotherSeed) {
  const Written one(terms(1)), other(terms(2));
  std::set<text::Uuid> ids;
  for (const auto& step : one.steps) ids.insert(step.id);
  for (const auto& step : other.steps) EXPECT_TRUE(step.id.is_nil() || !ids.contains(step.id)) << step.type;
  const auto titles = [](const Written& told) {
    std::vector<std::string> out;
    for (const auto& step : told.steps)
      if (step.type == "issue.open") out.push_back(step.data);
    return out;
  };
  EXPECT_NE(titles(one), titles(other));
}

TEST(Story, GrowsWithItsScale) {
  auto small = counts(Written(terms(1, 34))), usual = counts(Written(terms(1, 100))), large = counts(Written(terms(1, 250)));
  EXPECT_EQ(small["user.register"], 8);
  EXPECT_EQ(small["project.create"], 1);
  EXPECT_EQ(usual["project.create"], 3);
  EXPECT_EQ(large["user.register"], 24);
  EXPECT_EQ(large["project.create"], 7);
  EXPECT_GT(large["issue.open"], 2 * usual["issue.open"]);
}

TEST(Story, EndsThreeSprintsOfEachProjectAndBeginsTheFourthOnAnyDayOfTheWeek) {
  for (int day = 0; day < 7; ++day) {
    auto told = counts(Written({1, 100, last_day + std::chrono::days(day)}));
    EXPECT_EQ(told["sprint.complete"], 9) << day;
    EXPECT_EQ(told["sprint.start"], 12) << day;
  }
}

// What happens stands in the log in the order in which it happened, and nothing lies in the future.
TEST(Story, GoesOnInTime) {
  const Written told(terms(1, 100));
  const auto in_order = std::is_sorted(told.steps.begin(), told.steps.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  EXPECT_TRUE(in_order);
  EXPECT_LE(told.steps.back().at, last_day);
  EXPECT_GE(told.steps.front().at, first_day(last_day));
}

// What waits to be told does not grow with the number of teams.
TEST(Story, BeginsAnewWithEachTeam) {
  const Written told(terms(1, 300));
  std::int64_t beginnings = 1;
  for (std::size_t i = 1; i < told.steps.size(); ++i)
    if (told.steps[i].at < told.steps[i - 1].at) ++beginnings;
  EXPECT_EQ(beginnings, 3);
}

}  // namespace
}  // namespace daybook::seed::test
