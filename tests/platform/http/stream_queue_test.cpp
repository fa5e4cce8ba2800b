#include "platform/http/stream_queue.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace daybook::http {
namespace {

constexpr std::size_t bytes_max = 100;
using State = StreamQueue::State;

struct QueueTest : testing::Test {
  std::shared_ptr<StreamQueue> make(bool chunked = true) {
    return std::make_shared<StreamQueue>(bytes_max, chunked, [this] { ++wakes; });
  }
  int wakes = 0;
  std::string out;
};

using StreamQueueTest = QueueTest;

TEST_F(StreamQueueTest, GivesWhatWasWrittenInOneBatchAndWakesOnce) {
  const auto queue = make();
  EXPECT_TRUE(queue->write("abc"));
  EXPECT_TRUE(queue->write("0123456789abcdef"));
  EXPECT_EQ(wakes, 1);
  EXPECT_EQ(queue->take(out), State::sending);
  EXPECT_EQ(out, "3\r\nabc\r\n10\r\n0123456789abcdef\r\n");
  EXPECT_EQ(queue->take(out), State::waiting);
}

TEST_F(StreamQueueTest, AnEmptyChunkDoesNotEndTheBody) {
  const auto queue = make();
  EXPECT_TRUE(queue->write(""));
  EXPECT_EQ(queue->take(out), State::waiting);
}

TEST_F(StreamQueueTest, ClosingEndsTheBodyAfterWhatWasWritten) {
  const auto queue = make();
  EXPECT_TRUE(queue->write("a"));
  queue->close();
  EXPECT_FALSE(queue->open());
  EXPECT_FALSE(queue->write("b"));
  EXPECT_EQ(queue->take(out), State::sending);
  EXPECT_EQ(out, "1\r\na\r\n0\r\n\r\n");
  EXPECT_EQ(queue->take(out), State::ended);
}

TEST_F(StreamQueueTest, WithoutChunksTheBytesAreSentAsTheyAre) {
  const auto queue = make(false);
  EXPECT_TRUE(queue->write("a"));
  queue->close();
  EXPECT_EQ(queue->take(out), State::sending);
  EXPECT_EQ(out, "a");
}

TEST_F(StreamQueueTest, ClosesWhenTheReaderIsTooSlow) {
  const auto queue = make();
  int closed = 0;
  queue->on_close([&] { ++closed; });
  EXPECT_TRUE(queue->write(std::string(60, 'a')));
  EXPECT_FALSE(queue->write(std::string(60, 'b')));
  EXPECT_FALSE(queue->open());
  EXPECT_EQ(closed, 1);
  EXPECT_EQ(queue->take(out), State::aborted);
}

TEST_F(StreamQueueTest, AnEmptyQueueTakesOneChunkOfAnySize) {
  const auto queue = make();
  EXPECT_TRUE(queue->write(std::string(1000, 'a')));
  EXPECT_GT(queue->unsent_bytes(), 1000u);
  EXPECT_EQ(queue->take(out), State::sending);
  EXPECT_FALSE(queue->write("b")) << "it is still being sent";
}

TEST_F(StreamQueueTest, WhatIsBeingSentCountsUntilItIsSent) {
  const auto queue = make();
  EXPECT_TRUE(queue->write(std::string(60, 'a')));
  EXPECT_EQ(queue->take(out), State::sending);
  const auto slow = queue;
  EXPECT_FALSE(slow->write(std::string(60, 'b')));

  const auto quick = make();
  EXPECT_TRUE(quick->write(std::string(60, 'a')));
  EXPECT_EQ(quick->take(out), State::sending);
  EXPECT_EQ(quick->take(out), State::waiting);
  EXPECT_TRUE(quick->write(std::string(60, 'b')));
}

TEST_F(StreamQueueTest, TellsOnceThatItIsClosedEvenToWhoAsksLate) {
  const auto queue = make();
  int early = 0;
  int late = 0;
  queue->on_close([&] { ++early; });
  queue->abort();
  queue->close();
  queue->on_close([&] { ++late; });
  EXPECT_EQ(early, 1);
  EXPECT_EQ(late, 1);
}

}  // namespace
}  // namespace daybook::http
