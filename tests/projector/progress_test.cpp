#include "projector/progress.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace daybook::projector::progress_test {
namespace {

using events::Position;
using namespace std::chrono_literals;

constexpr int long_ms = 60000;
constexpr int short_ms = 1;

TEST(Progress, AnswersAtOnceForWhatIsReached) {
  Progress progress;
  progress.reached(Position{5});
  std::optional<bool> answer;
  progress.when_reached(Position{5}, long_ms, [&](bool reached) { answer = reached; });
  EXPECT_EQ(answer, true);
  EXPECT_EQ(progress.current(), Position{5});
}

TEST(Progress, AnswersOnceThePositionIsReachedOrPassed) {
  Progress progress;
  std::vector<int> answered;
  progress.when_reached(Position{3}, long_ms, [&](bool) { answered.push_back(3); });
  progress.when_reached(Position{9}, long_ms, [&](bool) { answered.push_back(9); });
  progress.reached(Position{2});
  EXPECT_TRUE(answered.empty());
  progress.reached(Position{4});
  EXPECT_EQ(answered, std::vector{3});
  progress.reached(Position{9});
  EXPECT_EQ(answered, (std::vector{3, 9}));
}

TEST(Progress, SaysNoWhenTheTimeRanOut) {
  Progress progress;
  std::promise<bool> answer;
  progress.when_reached(Position{1}, short_ms, [&](bool reached) { answer.set_value(reached); });
  auto future = answer.get_future();
  ASSERT_EQ(future.wait_for(10s), std::future_status::ready);
  EXPECT_FALSE(future.get());
}

TEST(Progress, AShortWaitIsNotHeldUpByALongOneThatCameBefore) {
  Progress progress;
  std::promise<void> answer;
  progress.when_reached(Position{1}, long_ms, [](bool) {});
  progress.when_reached(Position{1}, short_ms, [&](bool) { answer.set_value(); });
  EXPECT_EQ(answer.get_future().wait_for(10s), std::future_status::ready);
}

TEST(Progress, NeverGoesBack) {
  Progress progress;
  progress.reached(Position{5});
  progress.reached(Position{3});
  EXPECT_EQ(progress.current(), Position{5});
}

TEST(Progress, TellsListenersOfGrowthUntilTheyLetGo) {
  Progress progress;
  std::vector<std::int64_t> told;
  auto handle = progress.on_growth([&](Position position) { told.push_back(position.value); });
  progress.reached(Position{1});
  progress.reached(Position{1});
  progress.reached(Position{4});
  handle.reset();
  progress.reached(Position{6});
  EXPECT_EQ(told, (std::vector<std::int64_t>{1, 4}));
}

TEST(Progress, SaysNoToWhoeverStillWaitsAtItsEnd) {
  std::optional<bool> answer;
  {
    Progress progress;
    progress.when_reached(Position{1}, long_ms, [&](bool reached) { answer = reached; });
  }
  EXPECT_EQ(answer, false);
}

}  // namespace
}  // namespace daybook::projector::progress_test
