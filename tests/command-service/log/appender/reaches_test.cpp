// Whether one thing can be reached from another, over edges that were asked for and edges of the batch.
#include <gtest/gtest.h>

#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::log::test {
namespace {

text::Uuid node(std::size_t number) {
  text::Uuid id{};
  for (std::size_t byte = 0; byte < 8; ++byte) id.bytes[15 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  return id;
}

class Reaches : public testing::Test {
 protected:
  // A chain of that many edges is known to hang at node 0.
  bool asked_with_a_chain_of(std::size_t edges, std::size_t to) {
    auto& closure = answers_.closures[{"blocks", node(0)}];
    closure.clear();
    for (std::size_t i = 0; i < edges; ++i) closure.push_back({"blocks", node(i), node(i + 1)});
    Settling settling(context_, head_, {}, cache_, answers_);
    const bool reached = settling.reaches("blocks", node(0), node(to));
    EXPECT_TRUE(settling.missing().empty());
    return reached;
  }

  SettleContext context_{};
  Head head_{};
  StreamCache cache_{1};
  Answers answers_;
};

TEST_F(Reaches, FollowsEdgesToTheirEnd) {
  EXPECT_TRUE(asked_with_a_chain_of(10, 10));
  EXPECT_FALSE(asked_with_a_chain_of(10, 11));
}

TEST_F(Reaches, WhatWasCutOffMayReachAnything) {
  EXPECT_FALSE(asked_with_a_chain_of(closure_edges_max - 1, closure_edges_max + 1));
  EXPECT_TRUE(asked_with_a_chain_of(closure_edges_max, closure_edges_max + 1));
}

}  // namespace
}  // namespace daybook::log::test
