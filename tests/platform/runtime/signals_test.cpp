#include "platform/runtime/signals.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "platform/runtime/pause.hpp"

namespace daybook::runtime::signals_test {
namespace {

constexpr std::chrono::minutes much_too_long{1};
constexpr int stopped = 7;

// Signals are for a whole process, so each of these is one of its own.
[[noreturn]] void be_signalled(bool twice) {
  std::stop_source stop;
  stop_at_signal(stop);
  kill(getpid(), SIGINT);
  pause(stop.get_token(), much_too_long);
  if (!stop.stop_requested()) std::_Exit(1);
  if (twice) {
    kill(getpid(), SIGTERM);
    pause({}, much_too_long);
  }
  std::_Exit(stopped);
}

TEST(StopAtSignal, TheFirstAsksForTheStop) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(be_signalled(false), testing::ExitedWithCode(stopped), "");
}

TEST(StopAtSignal, TheSecondEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(be_signalled(true), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace daybook::runtime::signals_test
