#include "query-service/core/live_streams.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace daybook::query::live_streams_test {
namespace {

const auto now = *text::parse_instant("2026-11-21T12:00:00Z");

TEST(LiveStreams, HaveAPlaceForSoManyAndNoMore) {
  const auto streams = std::make_shared<LiveStreams>();
  std::vector<std::shared_ptr<LiveStreams::Place>> places;
  for (std::size_t i = 0; i < live_streams_max; ++i) places.push_back(streams->take());
  EXPECT_TRUE(places.back());
  EXPECT_FALSE(streams->take());
  places.pop_back();
  EXPECT_EQ(streams->open(), live_streams_max - 1);
  EXPECT_TRUE(streams->take());
}

TEST(LiveStreams, EndAllWhenTheProcessDrains) {
  const auto streams = std::make_shared<LiveStreams>();
  int ended = 0;
  const auto early = streams->take(), late = streams->take();
  early->on_drain([&] { ++ended; });
  streams->drain();
  EXPECT_EQ(ended, 1);
  late->on_drain([&] { ++ended; });
  EXPECT_EQ(ended, 2) << "one that was opening meanwhile";
  EXPECT_FALSE(streams->take());
}

TEST(LiveStreams, TakeATicketOnce) {
  const auto streams = std::make_shared<LiveStreams>();
  const auto expires = now + std::chrono::seconds(60);
  EXPECT_TRUE(streams->spend("a", expires, now));
  EXPECT_FALSE(streams->spend("a", expires, now));
  EXPECT_TRUE(streams->spend("b", expires, now));
}

TEST(LiveStreams, ForgetTicketsThatHaveExpired) {
  const auto streams = std::make_shared<LiveStreams>();
  for (std::size_t i = 0; i < spent_tickets_max; ++i)
    ASSERT_TRUE(streams->spend(std::to_string(i), now, now)) << i;
  EXPECT_FALSE(streams->spend("one too many", now, now));
  EXPECT_TRUE(streams->spend("later", now + std::chrono::seconds(60), now + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace daybook::query::live_streams_test
