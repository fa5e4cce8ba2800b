// Totals of usage against a plain sum, however records and adjustments of several periods and units follow each other, and in
// batches of whatever size; and what a workspace has of what is limited.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "projector/read_models/subscription.hpp"
#include "projector/read_models/usage_record.hpp"
#include "projector/read_models/workspace.hpp"
#include "projector/read_models/workspace_usage.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::usage_figures_test {
namespace {

namespace ur = events::usage_record;

constexpr int records_in_a_story = 6;
const auto lab = id_of<WorkspaceId>(0x100);
const auto ours = id_of<SubscriptionId>(0x200);
UsageRecordId record_of(int n) { return id_of<UsageRecordId>(0x300 + n); }
text::Instant month(int n) { return text::Date{2027, static_cast<std::uint8_t>(n), 1}.first_moment(); }

using Key = std::pair<std::string, text::Instant>;  // unit and beginning of the period

class Story : public FoldedStory {
 public:
  // The first time a record is made, then it is adjusted; both count in the month that is open.
  void step(int n, std::int64_t quantity) {
    const auto unit = std::string(n % 2 == 0 ? "token" : "api_call");
    const auto cost = quantity * 3;
    auto& [was_quantity, was_cost] = last_[n];
    auto& [sum, cost_sum] = expected_[{unit, month(open_)}];
    if (!made_[n]) {
      ur::Recorded recorded{};
      recorded.billing_unit = unit;
      recorded.quantity.nanos = quantity;
      recorded.total_cost.nanos = cost;
      recorded.currency = "USD";
      recorded.subscription_id = ours;
      recorded.period_start = month(open_);
      recorded.period_end = month(open_ + 1);
      history_.usage_record(lab, record_of(n), recorded);
      made_[n] = true;
      ++count_;
    } else {
      history_.usage_record(lab, record_of(n), ur::Adjusted{{quantity}, {3}, 1, {cost}, month(open_), month(open_ + 1)});
    }
    sum += quantity - was_quantity;
    cost_sum += cost - was_cost;
    was_quantity = quantity;
    was_cost = cost;
  }
  void next_month() { open_ = open_ % 11 + 1; }

  void expect_as_summed() {
    std::map<Key, std::pair<std::int64_t, std::int64_t>> found;
    std::int64_t count = 0;
    for (auto at = database_.seek(table_prefix(table_of<UsageTotalRow>())); at.valid(); at.next()) {
      UsageTotalRow row{};
      RC_ASSERT(static_cast<bool>(from_json(at.value(), row, Reading::lenient)));
      RC_ASSERT(row.subscription_id == ours);
      found[{row.billing_unit, row.period_start}] = {row.quantity.nanos, row.total_cost.nanos};
      count += row.count;
    }
    RC_ASSERT(found == expected_);
    RC_ASSERT(count == count_);
  }

 private:
  int open_ = 1;
  std::int64_t count_ = 0;
  std::map<int, bool> made_;
  std::map<int, std::pair<std::int64_t, std::int64_t>> last_;
  std::map<Key, std::pair<std::int64_t, std::int64_t>> expected_;
};

TEST(UsageFigures, AreTheSumsOfWhatWasRecordedAndAdjustedInAnyBatches) {
  rc::check("totals", [] {
    Story story;
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, records_in_a_story + 1), rc::gen::inRange(0, 1'000'000)));
    for (const auto& [n, quantity] : steps) {
      if (n == records_in_a_story) story.next_month();
      else story.step(n, quantity);
    }
    story.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
    story.expect_as_summed();
  });
}

class Billing : public ReadModels {};

TEST_F(Billing, AClosedPeriodIsARowOfItsOwnAndTheSubscriptionGoesOn) {
  events::subscription::Started started{};
  started.current_period_start = started.anchor = month(1);
  started.current_period_end = month(2);
  history.subscription(lab, ours, started);
  events::subscription::ClosedPeriod closed{};
  closed.period_start = month(1);
  closed.period_end = month(2);
  closed.total.nanos = 42;
  history.subscription(lab, ours, events::subscription::Renewed{closed, month(2), month(3), {}, "USD"});
  history.subscription(lab, ours, events::subscription::Cancelled{});
  closed.period_start = month(2);
  history.subscription(lab, ours, events::subscription::Expired{closed});
  fold();
  const auto subscription = row<SubscriptionRow>(ours).value();
  EXPECT_EQ(subscription.status, events::subscription::Status::expired);
  EXPECT_EQ(subscription.periods_closed, 2);
  const auto periods = rows<SubscriptionPeriodRow>();
  ASSERT_EQ(periods.size(), 2u);
  for (const auto& period : periods) {
    EXPECT_EQ(period.subscription_id, ours);
    EXPECT_EQ(period.total.nanos, 42);
  }
}

TEST_F(Billing, WhatIsThereIsCountedByWorkspace) {
  const auto first = id_of<AgentId>(0x400), second = id_of<AgentId>(0x401);
  for (const auto id : {first, second}) history.agent(lab, id, events::agent::Registered{});
  history.agent(lab, first, events::agent::Retired{});
  fold();
  EXPECT_EQ(row<WorkspaceUsageRow>(lab).value().agents, 1);
  history.agent(lab, first, events::agent::Restored{});
  fold();
  EXPECT_EQ(row<WorkspaceUsageRow>(lab).value().agents, 2);
}

TEST_F(Billing, AWorkspaceShowsWhatItHas) {
  open_workspace();
  fold();
  const auto before = row<WorkspaceRow>(space).value();
  history.agent(space, id_of<AgentId>(0x400), events::agent::Registered{});
  history.execution(space, id_of<ExecutionId>(0x500), events::execution::Requested{});
  fold();
  const auto after = row<WorkspaceRow>(space).value();
  EXPECT_EQ(after.usage, (WorkspaceUsage{1, 0, 1, "1970-01"}));
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.changed, position);
}

}  // namespace
}  // namespace daybook::projector::test::usage_figures_test
