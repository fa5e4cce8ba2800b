#include "platform/runtime/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace daybook::runtime {
namespace {

TEST(WorkerPool, RunsEverythingThatWasPostedBeforeItEnds) {
  std::atomic<int> done{0};
  {
    WorkerPool pool(2, 100);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(pool.post([&] { ++done; }));
  }
  EXPECT_EQ(done, 50);
}

TEST(WorkerPool, RefusesWorkBeyondItsQueue) {
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  std::promise<void> running;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.post([&] {
    running.set_value();
    opened.wait();
  }));
  running.get_future().wait();
  EXPECT_TRUE(pool.post([] {}));
  EXPECT_FALSE(pool.post([] {}));
  gate.set_value();
}

}  // namespace
}  // namespace daybook::runtime
