#include "command-service/relay/sent_window.hpp"

#include <gtest/gtest.h>

namespace daybook::relay {
namespace {

using events::Position;
using Positions = std::vector<std::int64_t>;

SentWindow five_sent() {
  SentWindow window(Position{10}, {7, 10});
  window.sent(Position{11}, 0);
  window.sent(Position{12}, 1);
  window.sent(Position{13}, 0);
  window.sent(Position{14}, 0);
  window.sent(Position{15}, 1);
  return window;
}

TEST(SentWindow, ANewOneGoesOnWhereTheLastOneStopped) {
  const SentWindow window(Position{10}, {7, 10, 0});
  EXPECT_EQ(window.sent(), Position{10});
  EXPECT_EQ(window.acknowledged(), Position{10});
  EXPECT_EQ(window.previous_sent(0), Position{7});
  EXPECT_EQ(window.previous_sent(2), Position{0});
  EXPECT_TRUE(window.empty());
}

TEST(SentWindow, EachPartitionHasItsOwnChain) {
  const auto window = five_sent();
  EXPECT_EQ(window.sent(), Position{15});
  EXPECT_EQ(window.previous_sent(0), Position{14});
  EXPECT_EQ(window.previous_sent(1), Position{15});
}

TEST(SentWindow, OnlyTheUnbrokenRunCounts) {
  auto window = five_sent();
  EXPECT_EQ(window.acknowledge(Position{12}), 0u);
  EXPECT_EQ(window.acknowledge(Position{14}), 0u);
  EXPECT_EQ(window.acknowledged(), Position{10});
  EXPECT_EQ(window.previous(), (Positions{7, 10}));
  EXPECT_EQ(window.acknowledge(Position{11}), 2u);
  EXPECT_EQ(window.acknowledged(), Position{12});
  EXPECT_EQ(window.previous(), (Positions{11, 12}));
  EXPECT_EQ(window.acknowledge(Position{13}), 2u);
  EXPECT_EQ(window.previous(), (Positions{14, 12}));
  EXPECT_EQ(window.size(), 1u);
}

TEST(SentWindow, AcknowledgementsOfNothingUnderWayAreIgnored) {
  auto window = five_sent();
  EXPECT_EQ(window.acknowledge(Position{11}), 1u);
  for (const std::int64_t position : {0, 10, 11, 16, 999})
    EXPECT_EQ(window.acknowledge(Position{position}), 0u);
  EXPECT_EQ(window.acknowledged(), Position{11});
}

TEST(SentWindow, RewindingForgetsWhatWasAcknowledgedBehindAHole) {
  auto window = five_sent();
  EXPECT_EQ(window.acknowledge(Position{11}), 1u);
  EXPECT_EQ(window.acknowledge(Position{15}), 0u);
  window.rewind();
  EXPECT_EQ(window.sent(), Position{11});
  EXPECT_EQ(window.previous_sent(0), Position{11});
  EXPECT_EQ(window.previous_sent(1), Position{10});
  EXPECT_EQ(window.acknowledge(Position{12}), 0u);
  window.sent(Position{12}, 1);
  EXPECT_EQ(window.acknowledge(Position{12}), 1u);
}

TEST(SentWindow, AHoleCannotBeSent) {
  auto window = five_sent();
  EXPECT_THROW(window.sent(Position{17}, 0), std::logic_error);
  EXPECT_THROW(window.sent(Position{15}, 0), std::logic_error);
  EXPECT_THROW(window.sent(Position{16}, 2), std::out_of_range);
}

}  // namespace
}  // namespace daybook::relay
