// What becomes of a delivery after an attempt.
#include "command-service/delivering/ladder.hpp"

#include <gtest/gtest.h>

namespace daybook::delivering::ladder_test {
namespace {

constexpr text::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};

outbound::Answer answered(std::int64_t status) { return {status, status >= 200 && status < 300 ? "" : "it answered " + std::to_string(status)}; }

text::Uuid ending_in(std::uint8_t byte) {
  text::Uuid id{};
  id.bytes.back() = byte;
  return id;
}

TEST(Ladder, WhatIsTakenHasSucceeded) {
  const auto after = after_attempt(3, answered(204), now, {});
  EXPECT_EQ(after.outcome, Outcome::succeeded);
  EXPECT_FALSE(after.next_at);
}

TEST(Ladder, WhatIsNotTakenIsTriedTenTimesEachLaterThanBefore) {
  for (std::int64_t attempts = 1; attempts < attempts_max; ++attempts) {
    const auto after = after_attempt(attempts, answered(attempts % 2 == 0 ? 500 : 302), now, {});
    EXPECT_EQ(after.outcome, Outcome::again);
    EXPECT_EQ(after.next_at, now + waits.at(static_cast<std::size_t>(attempts - 1)));
  }
  EXPECT_EQ(attempts_max, 10);
  EXPECT_EQ(after_attempt(attempts_max, answered(500), now, {}).outcome, Outcome::failed);
  EXPECT_EQ(after_attempt(attempts_max, {0, "no answer"}, now, {}).outcome, Outcome::failed);
}

TEST(Ladder, DeliveriesThatFailedTogetherComeApartByATenthAtMost) {
  EXPECT_EQ(after_attempt(1, answered(500), now, ending_in(255)).next_at, now + std::chrono::milliseconds(5500));
  const auto between = after_attempt(1, answered(500), now, ending_in(128)).next_at.value();
  EXPECT_GT(between, now + std::chrono::seconds(5));
  EXPECT_LT(between, now + std::chrono::milliseconds(5500));
}

TEST(Ladder, WhoIsGoneIsAskedNoMore) { EXPECT_EQ(after_attempt(1, answered(410), now, {}).outcome, Outcome::gone); }

TEST(Ladder, AWebhookIsGivenUpAfterFiveDaysOfFailure) {
  EXPECT_FALSE(is_given_up(std::nullopt, now));
  EXPECT_FALSE(is_given_up(now - std::chrono::days(5) + std::chrono::seconds(1), now));
  EXPECT_TRUE(is_given_up(now - std::chrono::days(5), now));
}

}  // namespace
}  // namespace daybook::delivering::ladder_test
