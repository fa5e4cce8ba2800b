#include "platform/runtime/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>

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
  EXPECT_EQ(pool.busy(), 1U);
  EXPECT_EQ(pool.queued(), 1U);
  gate.set_value();
}

TEST(WorkerPool, GoesOnAfterWorkThatThrows) {
  std::promise<void> next;
  WorkerPool pool(1, 2);
  // Given work that throws, when more comes, then it is done
  ASSERT_TRUE(pool.post([] { throw std::runtime_error("broken"); }));
  ASSERT_TRUE(pool.post([&] { next.set_value(); }));
  EXPECT_EQ(next.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
}

}  // namespace
}  // namespace daybook::runtime
