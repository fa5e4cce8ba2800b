// What states make of what an import brings forward of them.
#include <gtest/gtest.h>

#include "events/api_key/state.hpp"
#include "events/automation/state.hpp"
#include "events/blueprint/state.hpp"
#include "events/issue/state.hpp"
#include "events/webhook/state.hpp"

namespace daybook::events {
namespace {

const auto noon = *text::parse_instant("2025-03-01T12:00:00Z");
constexpr std::chrono::hours hour(1);

Envelope at(text::Instant when) {
  Envelope envelope{};
  envelope.occurred_at = envelope.recorded_at = when;
  return envelope;
}

TEST(BroughtForward, WhatIsNotSaidStaysAsItIs) {
  issue::State state{};
  state.started_at = noon;
  evolve(state, issue::BroughtForward{}, at(noon + hour));
  EXPECT_EQ(state.started_at, noon);
  EXPECT_FALSE(state.completed_at);
}

TEST(BroughtForward, OfTwoTimesTheLaterIsTheLast) {
  api_key::State key{};
  evolve(key, api_key::Used{noon + hour}, at(noon + hour));
  evolve(key, api_key::BroughtForward{noon}, at(noon));
  EXPECT_EQ(key.last_used_at, noon + hour);
  evolve(key, api_key::BroughtForward{noon + 2 * hour}, at(noon));
  EXPECT_EQ(key.last_used_at, noon + 2 * hour);
}

TEST(BroughtForward, FiguresAreAddedToWhatHappenedHere) {
  automation::State automation{};
  evolve(automation, automation::BroughtForward{noon, 40}, at(noon));
  evolve(automation, automation::Ran{}, at(noon + hour));
  EXPECT_EQ(automation.run_count, 41);
  EXPECT_EQ(automation.last_run_at, noon + hour);
  webhook::State webhook{};
  evolve(webhook, webhook::BroughtForward{noon, 3}, at(noon));
  evolve(webhook, webhook::DeliverySucceeded{}, at(noon + hour));
  EXPECT_EQ(webhook.failure_count, 3);
  EXPECT_EQ(webhook.delivery_count, 4) << "what failed was a delivery, too";
  EXPECT_FALSE(webhook.failing_since);
}

TEST(BroughtForward, ReviewsWithoutAMeanCountAndLeaveTheMeanToTheOthers) {
  blueprint::State state{};
  blueprint::BroughtForward brought{};
  brought.downloads = 12;
  brought.reviews_count = 2;
  evolve(state, brought, at(noon));
  EXPECT_EQ(state.downloads, 12);
  EXPECT_EQ(state.reviews_count, 2);
  EXPECT_FALSE(state.rating);
  auto here = at(noon);
  here.workspace_id = WorkspaceId{};
  blueprint::Reviewed reviewed{};
  reviewed.rating = 5;
  evolve(state, reviewed, here);
  EXPECT_EQ(state.reviews_count, 3);
  EXPECT_EQ(state.rating, 5.0);
}

TEST(BroughtForward, AMeanOfNobodyIsNone) {
  blueprint::State state{};
  blueprint::BroughtForward brought{};
  brought.rating = 0.0;
  brought.reviews_count = 0;
  evolve(state, brought, at(noon));
  EXPECT_FALSE(state.rating);
  EXPECT_FALSE(state.rating_brought);
}

}  // namespace
}  // namespace daybook::events
