#include "platform/crypto/uuid_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <unordered_set>
#include <vector>

namespace daybook::crypto {
namespace {

using text::Uuid;

TEST(UuidV7Source, StampsTheClocksMillisecond) {
  UuidV7Source source{[] { return std::int64_t{1'700'000'000'123}; }};
  const Uuid id = source.next();
  EXPECT_EQ(id.version(), 7);
  EXPECT_EQ(id.bytes[8] >> 6, 2);
  EXPECT_EQ(text::unix_ms_of(id), 1'700'000'000'123);
}

TEST(UuidV7Source, GrowsWhileTheClockStandsStill) {
  // Given a clock that never moves, more identifiers than one millisecond has counters for still grow.
  UuidV7Source source{[] { return std::int64_t{1000}; }};
  Uuid before = source.next();
  for (int i = 0; i < 20'000; ++i) {
    const Uuid id = source.next();
    ASSERT_LT(before, id);
    before = id;
  }
  EXPECT_GE(text::unix_ms_of(before), 1004);
}

TEST(UuidV7Source, GrowsWhenTheClockStepsBack) {
  std::int64_t now = 5000;
  UuidV7Source source{[&] { return now; }};
  const Uuid before = source.next();
  now = 10;
  const Uuid after = source.next();
  EXPECT_LT(before, after);
  EXPECT_EQ(text::unix_ms_of(after), 5000);
  now = 6000;
  EXPECT_EQ(text::unix_ms_of(source.next()), 6000);
}

TEST(UuidV7Source, ThreadsNeverShareAnIdentifierAndEachSeesThemGrow) {
  UuidV7Source source;
  std::vector<std::vector<Uuid>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&source, &mine] {
      for (int i = 0; i < 5000; ++i) mine.push_back(source.next());
    });
  }
  for (auto& thread : threads) thread.join();
  std::unordered_set<Uuid> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 20'000U);
}

TEST(UuidV5, FollowsFromNamespaceAndName) {
  const auto dns = *Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  // What other implementations make of the same name.
  EXPECT_EQ(uuid_v5(dns, "www.example.com").text(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_NE(uuid_v5(dns, "www.example.com"), uuid_v5(dns, "www.example.org"));
  EXPECT_NE(uuid_v5(dns, "a"), uuid_v5(Uuid{}, "a"));
}

}  // namespace
}  // namespace daybook::crypto
