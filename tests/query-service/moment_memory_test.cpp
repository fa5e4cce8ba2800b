#include "query-service/core/moment_memory.hpp"

#include <gtest/gtest.h>

namespace daybook::query::moment_memory_test {
namespace {

using projector::Moment;

constexpr Moment now{1, 7}, later{1, 8}, reopened{2, 7};

TEST(MomentMemory, KnowsWhatWasKeptAtTheMoment) {
  MomentMemory<int> memory(10);
  memory.keep(now, "a", 1);
  memory.keep(now, "b", 2);
  EXPECT_EQ(memory.find(now, "a"), 1);
  EXPECT_EQ(memory.find(now, "b"), 2);
  EXPECT_EQ(memory.find(now, "c"), std::nullopt);
}

TEST(MomentMemory, KnowsNothingOfAnotherMoment) {
  MomentMemory<int> memory(10);
  memory.keep(now, "a", 1);
  EXPECT_EQ(memory.find(later, "a"), std::nullopt);
  EXPECT_EQ(memory.find(reopened, "a"), std::nullopt);
}

TEST(MomentMemory, ForgetsWhenSomethingOfAnotherMomentIsKept) {
  MomentMemory<int> memory(10);
  memory.keep(now, "a", 1);
  memory.keep(later, "b", 2);
  EXPECT_EQ(memory.find(later, "a"), std::nullopt);
  EXPECT_EQ(memory.find(now, "a"), std::nullopt);
  EXPECT_EQ(memory.find(later, "b"), 2);
}

TEST(MomentMemory, StaysWithinItsBound) {
  MomentMemory<int> memory(10);
  memory.keep(now, "a", 1, 6);
  memory.keep(now, "b", 2, 4);
  EXPECT_EQ(memory.find(now, "a"), 1);
  memory.keep(now, "c", 3, 1);
  EXPECT_EQ(memory.find(now, "a"), std::nullopt);
  EXPECT_EQ(memory.find(now, "c"), 3);
  memory.keep(now, "d", 4, 11);
  EXPECT_EQ(memory.find(now, "d"), std::nullopt) << "it alone is too large";
  EXPECT_EQ(memory.find(now, "c"), 3);
}

TEST(MomentMemory, CountsWhatIsKeptTwiceOnce) {
  MomentMemory<int> memory(10);
  memory.keep(now, "a", 1, 6);
  memory.keep(now, "a", 1, 6);
  EXPECT_EQ(memory.find(now, "a"), 1);
  memory.keep(now, "b", 2, 4);
  EXPECT_EQ(memory.find(now, "a"), 1);
}

}  // namespace
}  // namespace daybook::query::moment_memory_test
