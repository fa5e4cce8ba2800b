#include "schemas/api/rate_limit.hpp"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

using std::chrono::seconds;

TEST(RateLimiter, GivesBackEvenlyAndNeverMoreThanTheQuota) {
  RateLimiter limiter("p", {3, seconds(30)});
  RateLimiter::Clock::time_point now{};
  for (const int left : {2, 1, 0}) EXPECT_EQ(limiter.take("ann", now).remaining, left);
  const auto refused = limiter.take("ann", now);
  EXPECT_FALSE(refused.admitted);
  EXPECT_EQ(refused.seconds, 10);
  EXPECT_FALSE(limiter.take("ann", now + seconds(9)).admitted);
  EXPECT_TRUE(limiter.take("ann", now + seconds(10)).admitted);
  EXPECT_FALSE(limiter.take("ann", now + seconds(10)).admitted);
  EXPECT_EQ(limiter.take("ann", now + seconds(10'000)).remaining, 2);
}

TEST(RateLimiter, CountsEachKeyForItself) {
  RateLimiter limiter("p", {1, seconds(60)});
  EXPECT_TRUE(limiter.take("ann", {}).admitted);
  EXPECT_TRUE(limiter.take("bob", {}).admitted);
  EXPECT_FALSE(limiter.take("ann", {}).admitted);
}

TEST(RateLimiter, ForgetsTheOneUsedLongestAgoWhenItIsFull) {
  RateLimiter limiter("p", {1, seconds(60)});
  limiter.take("first", {});
  limiter.take("second", {});
  EXPECT_FALSE(limiter.take("first", {}).admitted);
  for (std::size_t i = 0; i < rate_buckets_max - 1; ++i) limiter.take("other " + std::to_string(i), {});
  EXPECT_EQ(limiter.buckets(), rate_buckets_max);
  EXPECT_FALSE(limiter.take("first", {}).admitted);
  EXPECT_TRUE(limiter.take("second", {}).admitted);
}

TEST(RateLimiter, SaysItsPolicyAndStandingAsTheDraftWritesThem) {
  RateLimiter limiter("address", {100, seconds(60)});
  EXPECT_EQ(limiter.policy(), "\"address\";q=100;w=60");
  EXPECT_EQ(limiter.standing(limiter.take("x", {})), "\"address\";r=99;t=1");
}

TEST(Loopback, IsKnownInBothFamilies) {
  for (const auto* here : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) EXPECT_TRUE(is_loopback(here)) << here;
  for (const auto* elsewhere : {"128.0.0.1", "10.127.0.1", "::2", ""}) EXPECT_FALSE(is_loopback(elsewhere)) << elsewhere;
}

}  // namespace
}  // namespace daybook::api
