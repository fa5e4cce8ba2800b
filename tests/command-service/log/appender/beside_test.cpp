// Which keys are held next to one: those that were asked for, with what the batch claimed and released since.
#include <gtest/gtest.h>

#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::log::test {
namespace {

using domain::Side;

class Beside : public testing::Test {
 protected:
  std::vector<std::string> keys(const Settling& settling, std::string_view key, Side side, std::size_t most) {
    std::vector<std::string> keys;
    for (const auto& held : settling.held_beside("place", "w:", key, side, most)) keys.push_back(held.key);
    return keys;
  }
  void known(std::string key, Side side, std::size_t most, const std::vector<std::string>& answer) {
    auto& held = answers_.besides[{"place", "w:", std::move(key), side, most}];
    for (const auto& each : answer) held.push_back({each, StreamId{}});
  }

  SettleContext context_{};
  Head head_{};
  StreamCache cache_{1};
  Answers answers_;
};

using Strings = std::vector<std::string>;

TEST_F(Beside, WhatIsNotKnownIsAskedFor) {
  Settling settling(context_, head_, {}, cache_, answers_);
  EXPECT_EQ(keys(settling, "w:5", Side::above, 2), Strings{});
  EXPECT_EQ(settling.missing().besides.size(), 1u);
}

TEST_F(Beside, TheNearestComeFirstOnEitherSide) {
  known("w:5", Side::above, 2, {"w:6", "w:7"});
  known("w:5", Side::below, 2, {"w:4", "w:1"});
  Settling settling(context_, head_, {}, cache_, answers_);
  EXPECT_EQ(keys(settling, "w:5", Side::above, 2), (Strings{"w:6", "w:7"}));
  EXPECT_EQ(keys(settling, "w:5", Side::below, 2), (Strings{"w:4", "w:1"}));
  EXPECT_TRUE(settling.missing().empty());
}

}  // namespace
}  // namespace daybook::log::test
