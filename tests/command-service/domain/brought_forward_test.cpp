// What an import brings forward changes beyond its stream: who waits, what was spent, in which month a request counts.
#include "command-service/domain/access/access.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "command-service/domain/usage_record/usage_record.hpp"
#include "command-service/domain/workspace/quota.hpp"
#include "tests/command-service/domain/runs.hpp"

namespace daybook::domain::brought_forward_test {
namespace {

constexpr std::int64_t one = 1'000'000'000;  // major unit

class BroughtForward : public Runs {
 protected:
  void bring(int n, const happened::BroughtForward& brought) { run(n).as(max).given(brought); }
  static happened::BroughtForward ended(Status status) {
    happened::BroughtForward brought{};
    brought.status = status;
    return brought;
  }
  std::int64_t spent_on(events::StreamId stream) { return world.facts.counter(execution::spent_in("USD"), stream); }
  std::int64_t spent_in_month_of(text::Instant when, events::StreamId stream) { return world.facts.counter(execution::spent_in("USD", when), stream); }
  std::size_t waiting() const {
    return static_cast<std::size_t>(std::count_if(world.facts.claims.begin(), world.facts.claims.end(),
                                                  [](const auto& claim) { return claim.first.first == scope::execution_ready; }));
  }
};

TEST_F(BroughtForward, ARunThatEndedElsewhereIsHandedOutToNobody) {
  for (const auto status : {Status::completed, Status::failed, Status::cancelled, Status::lost}) {
    const int n = 1 + static_cast<int>(status);
    requested(n);
    ASSERT_EQ(chosen(), runs(n));
    bring(n, ended(status));
    EXPECT_EQ(state_of(n).status, status);
    EXPECT_FALSE(state_of(n).lease_expires_at);
    EXPECT_FALSE(chosen());
    claim_refused(n, "ended");
  }
  EXPECT_EQ(waiting(), 0u);
  EXPECT_EQ(running_of_robot(), 0);
}

TEST_F(BroughtForward, ARunThatWasSaidToGoOnHasNoHolderNoPlaceAndNoLeaseToMiss) {
  requested(1, [&](auto& request) { request.agent_id = robot; });
  bring(1, ended(Status::running));
  EXPECT_EQ(waiting(), 0u);
  EXPECT_EQ(running_of_robot(), 0);
  lose(1, std::chrono::hours(24 * 365));
  EXPECT_EQ(state_of(1).status, Status::running);
  EXPECT_FALSE(run(1).as(max).when(execution::Cancel{}).rejection());
  EXPECT_EQ(state_of(1).status, Status::cancelled);
  EXPECT_EQ(running_of_robot(), 0) << "it never had one of its agent's places";
}

TEST_F(BroughtForward, ARunThatStillWaitsIsHandedOut) {
  requested(1);
  bring(1, ended(Status::pending));
  EXPECT_EQ(chosen(), runs(1));
}

TEST_F(BroughtForward, ARunThatWasClaimedHereGoesItsOwnWay) {
  requested(1);
  claim(1);
  bring(1, ended(Status::completed));
  EXPECT_EQ(state_of(1).status, Status::running);
  EXPECT_EQ(running_of_robot(), 1);
  complete(1);
  EXPECT_EQ(running_of_robot(), 0);
}

TEST_F(BroughtForward, WhatARunCostIsSpentWhenItEndedThereAndOnlyOnce) {
  const auto then = context().now - std::chrono::hours(24 * 60);
  requested(1);
  auto brought = ended(Status::completed);
  brought.completed_at = then;
  brought.cost = events::Decimal{3 * one};
  brought.currency = "USD";
  bring(1, brought);
  bring(1, brought);
  EXPECT_EQ(spent_on(events::stream_of(first)), 3 * one);
  EXPECT_EQ(spent_in_month_of(then, events::stream_of(acme)), 3 * one);
  EXPECT_EQ(spent_in_month_of(context().now, events::stream_of(acme)), 0);
}

TEST_F(BroughtForward, WhatAnIssueAndAProjectCostElsewhereIsSpent) {
  events::issue::BroughtForward of_issue{};
  of_issue.cost = events::Decimal{2 * one};
  of_issue.currency = "USD";
  issue(first).as(max).given(of_issue);
  events::project::BroughtForward of_project{};
  of_project.cost = events::Decimal{5 * one};
  of_project.currency = "USD";
  project(payments).as(max).given(of_project);
  EXPECT_EQ(spent_on(events::stream_of(first)), 2 * one);
  EXPECT_EQ(spent_on(events::stream_of(acme)), 7 * one);
  EXPECT_EQ(spent_in_month_of(context().now, events::stream_of(payments)), 5 * one);
  of_project.currency.reset();
  project(payments).as(max).given(of_project);
  EXPECT_EQ(spent_on(events::stream_of(acme)), 7 * one) << "a cost without a currency is none";
}

TEST_F(BroughtForward, ARunThatIsBroughtInCountsInTheMonthOfItsRequest) {
  events::Envelope request{};
  request.recorded_at = *text::parse_instant("2026-11-21T12:00:00Z");
  request.occurred_at = *text::parse_instant("2024-02-01T12:00:00Z");
  EXPECT_EQ(scope::quota_executions(request), "quota-executions-2026-11");
  request.via_type = events::ViaType::database_import;
  EXPECT_EQ(scope::quota_executions(request), "quota-executions-2024-02");
}

TEST_F(BroughtForward, WhatUsageCostCountsInThePeriodOfItsSubscription) {
  const auto subscription = id_of<events::SubscriptionId>(900);
  auto record = spec<UsageRecord>(id_of<events::UsageRecordId>(901), acme);
  events::usage_record::Recorded recorded{};
  recorded.source = "elsewhere";
  recorded.source_id = "1";
  recorded.billing_unit = "token";
  recorded.subscription_id = subscription;
  recorded.period_start = context().now;
  record.as(max).given(recorded, events::usage_record::BroughtForward{events::Decimal{one}});
  EXPECT_EQ(world.facts.counter(scope::used_cost("token", recorded.period_start), events::stream_of(subscription)), one);
}

TEST_F(BroughtForward, EntriesWithAnAddressHaveDaysOfTheirOwn) {
  const text::Date day{2024, 2, 1};
  const auto noted = access::stream_of_day(access::Kind::noted, acme, day);
  EXPECT_NE(noted, access::stream_of_day(access::Kind::noted_addresses, acme, day));
  EXPECT_NE(noted, access::stream_of_day(access::Kind::refusals, acme, day));
  EXPECT_EQ(noted, access::stream_of_day(access::Kind::noted, acme, day));
}

}  // namespace
}  // namespace daybook::domain::brought_forward_test
