#include "projector/read_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/support/support.hpp"

namespace daybook::projector::test::read_ahead_test {
namespace {

using events::Position;
constexpr int patience_ms = 30000;

// Endless batches of one size; counts how often it was asked, and fails as often as it is told.
class Counted final : public Source {
 public:
  explicit Counted(std::size_t events) : events_(events) {}
  std::vector<events::Envelope> next(Position after, int) override {
    ++asked;
    if (failures > 0) {
      --failures;
      throw events::LogUnavailable("away");
    }
    std::vector<events::Envelope> batch(events_);
    for (auto& event : batch) event.position = after = after.next();
    return batch;
  }
  std::atomic<int> asked{0}, failures{0};

 private:
  const std::size_t events_;
};

constexpr std::size_t large = ReadAhead::small_events_max + 1;

struct Reading {
  explicit Reading(std::size_t events = large) : source(new Counted(events)) {}
  Counted* source;
  ReadAhead ahead{std::unique_ptr<Source>(source)};
};

TEST(ReadAhead, GivesTheBatchesInTheirOrder) {
  Reading reading;
  Position at{};
  for (int i = 0; i < 50; ++i) {
    const auto batch = reading.ahead.next(at, patience_ms);
    ASSERT_EQ(batch.size(), large);
    EXPECT_EQ(batch.front().position, at.next());
    at = batch.back().position;
  }
}

TEST(ReadAhead, ReadsSomeBatchesAheadAndNoMore) {
  Reading reading;
  ASSERT_FALSE(reading.ahead.next(Position{}, patience_ms).empty());
  const int most = 1 + static_cast<int>(ReadAhead::batches_max);
  EXPECT_TRUE(daybook::test::wait_until([&] { return reading.source->asked >= most; }));
  ASSERT_FALSE(reading.ahead.next(Position{large}, patience_ms).empty());
  EXPECT_LE(reading.source->asked, most + 1);
}

TEST(ReadAhead, MakesOneOfSmallBatchesThatWait) {
  Reading reading(3);
  ASSERT_TRUE(daybook::test::wait_until([&] { return reading.ahead.waiting() == ReadAhead::batches_max; }));
  Position at{};
  for (const auto& event : reading.ahead.next(at, patience_ms)) {
    EXPECT_EQ(event.position, at.next());
    at = event.position;
  }
  EXPECT_GT(at, Position{ReadAhead::small_events_max});
}

TEST(ReadAhead, StartsAnewWhereItIsAskedTo) {
  Reading reading;
  ASSERT_EQ(reading.ahead.next(Position{}, patience_ms).back().position, Position{large});
  const auto again = reading.ahead.next(Position{1}, patience_ms);
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(again.front().position, Position{2});
}

TEST(ReadAhead, PassesAnErrorOnAndThenTriesTheSamePlace) {
  Reading reading;
  reading.source->failures = 1;
  Position at{};
  int errors = 0;
  while (errors == 0) {
    try {
      at = reading.ahead.next(at, patience_ms).back().position;
    } catch (const events::LogUnavailable&) {
      ++errors;
    }
  }
  EXPECT_EQ(reading.ahead.next(at, patience_ms).front().position, at.next());
}

}  // namespace
}  // namespace daybook::projector::test::read_ahead_test
