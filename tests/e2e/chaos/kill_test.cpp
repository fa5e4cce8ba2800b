// Processes are killed as if the power went, under load.
#include <gtest/gtest.h>

#include "tests/e2e/chaos/comparison.hpp"
#include "tests/e2e/chaos/load.hpp"

namespace daybook::test::kill_test {
namespace {

constexpr int usual_cycles = 4;
constexpr std::size_t requests_between = 40;

TEST(Kill, NothingAcknowledgedIsLostAndNothingIsDoubled) {
  DaybookProcess daybook;
  for (int cycle = 0; cycle < chaos_cycles(usual_cycles); ++cycle) {
    SCOPED_TRACE("cycle " + std::to_string(cycle));
    // Given several who write
    Team team(daybook);
    Load load(team, {daybook.url()});
    ASSERT_TRUE(load.go_on(requests_between * static_cast<std::size_t>(1 + cycle % 4)));

    // When the process is killed twice in the middle of it
    for (int kill = 0; kill < 2; ++kill) {
      daybook.kill();
      daybook.start();
      load.serve_at({daybook.url()});
      ASSERT_TRUE(load.go_on(requests_between));
    }
    load.finish();

    // Then everything is there, once
    EXPECT_GT(load.troubles(), 0u) << "nobody noticed the kill";
    auto owner = signed_in_again(daybook, team.owner);
    (void)owner.patch(team.in(), "{}");  // tells the head, which the reads below wait for
    load.expect_everything_once(owner);
  }
  daybook.stop();
  expect_the_same_when_projected_anew(daybook);
}

}  // namespace
}  // namespace daybook::test::kill_test
