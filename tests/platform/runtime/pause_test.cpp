#include "platform/runtime/pause.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace daybook::runtime::pause_test {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::hours much_too_long{24};

TEST(Pause, LastsItsTime) {
  const auto before = steady_clock::now();
  pause({}, std::chrono::milliseconds(10));
  EXPECT_GE(steady_clock::now() - before, std::chrono::milliseconds(10));
}

TEST(Pause, EndsAtOnceWhenTheStopIsAskedForBeforeOrMeanwhile) {
  std::stop_source asked;
  asked.request_stop();
  pause(asked.get_token(), much_too_long);

  std::jthread waits([](const std::stop_token& stop) { pause(stop, much_too_long); });
  waits.request_stop();
  waits.join();
}

}  // namespace
}  // namespace daybook::runtime::pause_test
