// Which run a claim gets: what is ready, in the order in which it is due, and nothing else.
#include "command-service/domain/issue/beginning.hpp"
#include "tests/command-service/domain/runs.hpp"

namespace daybook::domain::execution_claim_test {
namespace {

using Claims = Runs;
using events::issue::DependencyType;
using events::issue::StatusChanged;
using IssueStatus = events::issue::Status;

events::issue::Opened sub_issue(std::int64_t number, events::IssueId parent, events::issue::ExecutionType type) {
  events::issue::Opened opened{};
  opened.number = number;
  opened.identifier = "ABC-" + std::to_string(number);
  opened.title = "Part " + std::to_string(number);
  opened.position = number << 20;
  opened.parent_id = parent;
  opened.execution_type = type;
  return opened;
}

TEST_F(Claims, NothingIsReadyWhereNothingWaits) { EXPECT_FALSE(chosen()); }

TEST_F(Claims, WhatIsMoreUrgentComesFirstAndThenWhatWasAskedForFirst) {
  requested(1);
  requested(2);
  requested(3, [](auto& request) { request.priority = Priority::high; });
  requested(4, [&](auto& request) {
    request.priority = Priority::high;
    request.agent_id = robot;
  });
  more_at_once(9);
  for (const int n : {3, 4, 1, 2}) {
    ASSERT_EQ(chosen(), runs(n));
    claim(n);
  }
  EXPECT_FALSE(chosen());
}

TEST_F(Claims, ARunOfAnotherAgentIsNotHandedOut) {
  const auto other_robot = id_of<events::AgentId>(41);
  events::agent::Registered registered{};
  registered.name = "Other";
  agent(other_robot).as(max).given(registered);
  requested(1, [&](auto& request) { request.agent_id = other_robot; });
  EXPECT_FALSE(chosen());
  claim_refused(1, "forbidden");
}

TEST_F(Claims, OnlyTheTypesThatAreAskedForAreHandedOut) {
  requested(1);
  requested(2, [](auto& request) { request.execution_type = ExecutionType::generation; });
  execution::Claim claim{};
  claim.execution_types = std::vector{ExecutionType::generation, ExecutionType::workflow};
  EXPECT_EQ(chosen(claim), runs(2));
}

TEST_F(Claims, APersonClaimsForThemselvesWhatIsForAnybody) {
  requested(1, [&](auto& request) { request.agent_id = robot; });
  requested(2);
  EXPECT_EQ(choose(execution::Claim{}, admitted(max), world.facts).value(), runs(2));
  run(2).as(max).when(execution::Claim{});
  EXPECT_EQ(run(2).state().status, Status::running);
  EXPECT_FALSE(run(2).state().agent_id);
}

TEST_F(Claims, AnAgentClaimsForItselfAlone) {
  requested(1);
  EXPECT_EQ(choose(execution::Claim{}, admitted(robot), world.facts).value(), runs(1));
  execution::Claim claim{};
  claim.agent_id = id_of<events::AgentId>(41);
  EXPECT_EQ(choose(claim, admitted(robot), world.facts).error().code, "forbidden");
}

TEST_F(Claims, ARetiredAgentGetsNothing) {
  requested(1);
  agent(robot).as(max).when(agent::Retire{});
  execution::Claim claim{};
  claim.agent_id = robot;
  EXPECT_EQ(choose(claim, admitted(max), world.facts).error().code, "unknown-reference");
  claim_refused(1, "unknown-reference");
}

TEST_F(Claims, AnAgentRunsNoMoreAtOnceThanItMay) {
  requested(1);
  requested(2);
  claim(1);
  EXPECT_EQ(running_of_robot(), 1);
  execution::Claim next{};
  next.agent_id = robot;
  EXPECT_EQ(choose(next, admitted(max), world.facts).error().code, "agent-busy");
  claim_refused(2, "agent-busy");
  complete(1);
  EXPECT_EQ(running_of_robot(), 0);
  EXPECT_EQ(chosen(), runs(2));
}

TEST_F(Claims, EveryWayToEndARunMakesRoomForAnother) {
  const auto ends = std::vector<std::function<void(int)>>{
      [this](int n) { complete(n); }, [this](int n) { fail(n); }, [this](int n) { run(n).as(max).when(execution::Cancel{}); },
      [this](int n) { lose(n, std::chrono::seconds(300)); }};
  for (int n = 0; n < 4; ++n) {
    requested(n);
    claim(n);
    EXPECT_EQ(running_of_robot(), 1);
    ends[static_cast<std::size_t>(n)](n);
    EXPECT_EQ(running_of_robot(), 0);
  }
}

TEST_F(Claims, TheIssueHasToBeOpen) {
  requested(1);
  issue(first).as(max).given(StatusChanged{IssueStatus::done});
  EXPECT_FALSE(chosen());
  claim_refused(1, "not-ready");
  issue(first).as(max).given(StatusChanged{IssueStatus::todo});
  EXPECT_EQ(chosen(), runs(1));
  issue(first).as(max).when(issue::Delete{});
  EXPECT_FALSE(chosen());
  issue(first).as(max).when(issue::Restore{});
  EXPECT_EQ(chosen(), runs(1));
}

TEST_F(Claims, WhatLiesInADeletedProjectIsNotHandedOut) {
  requested(1, [&](auto& request) {
    request.issue_id.reset();
    request.project_id = ProjectRef(payments);
  });
  EXPECT_EQ(chosen(), runs(1));
  project(payments).as(ada).when(project::Delete{});
  EXPECT_FALSE(chosen());
}

TEST_F(Claims, ABlockedIssueWaitsUntilWhatBlocksItIsDone) {
  requested(1, second);
  issue::AddDependency blocks{};
  blocks.depends_on_id = IssueRef(second);
  blocks.dependency_type = DependencyType::blocks;
  issue(first).as(max).when(blocks);
  EXPECT_FALSE(chosen()) << "it is written on the other issue";
  claim_refused(1, "not-ready");
  issue(first).as(max).given(StatusChanged{IssueStatus::done});
  EXPECT_EQ(chosen(), runs(1));
  issue(first).as(max).given(StatusChanged{IssueStatus::failed});
  EXPECT_FALSE(chosen()) << "what failed is not done";
  issue(first).as(max).when(issue::Delete{});
  EXPECT_EQ(chosen(), runs(1)) << "what is deleted blocks nothing";
}

TEST_F(Claims, ADependencyThatIsRemovedBlocksNoMore) {
  requested(1, second);
  issue::AddDependency blocked_by{};
  blocked_by.id = id_of<events::DependencyId>(60);
  blocked_by.depends_on_id = IssueRef(first);
  blocked_by.dependency_type = DependencyType::blocked_by;
  issue(second).as(max).when(blocked_by);
  EXPECT_FALSE(chosen());
  issue(second).as(max).when(issue::RemoveDependency{id_of<events::DependencyId>(60)});
  EXPECT_EQ(chosen(), runs(1));
}

TEST_F(Claims, WhatIsSaidToBeBlockedWaits) {
  requested(1);
  issue(first).as(max).given(events::issue::Blocked{"No key.", {}});
  EXPECT_FALSE(chosen());
  issue(first).as(max).given(events::issue::Blocked{"No key.", second});
  EXPECT_FALSE(chosen());
  issue(second).as(max).given(StatusChanged{IssueStatus::done});
  EXPECT_EQ(chosen(), runs(1));
  issue(first).as(max).given(events::issue::Unblocked{}, StatusChanged{IssueStatus::blocked});
  EXPECT_FALSE(chosen());
}

TEST_F(Claims, SerialSubIssuesAreHandedOutOneAfterAnotherInTheirOrder) {
  const auto part = [](int n) { return id_of<events::IssueId>(500 + n); };
  for (int n = 1; n <= 3; ++n) issue(part(n)).as(max).given(sub_issue(10 + n, first, events::issue::ExecutionType::serial));
  for (int n = 3; n >= 1; --n) requested(n, part(n));
  more_at_once(9);
  ASSERT_EQ(chosen(), runs(1));
  claim(1);
  EXPECT_FALSE(chosen()) << "the first one goes on";
  claim_refused(2, "not-ready");
  complete(1);
  EXPECT_FALSE(chosen()) << "its run has ended, the issue has not";
  issue(part(1)).as(max).given(StatusChanged{IssueStatus::done});
  EXPECT_EQ(chosen(), runs(2));
  issue(part(3)).as(max).given(events::issue::Ranked{1});
  EXPECT_EQ(chosen(), runs(3)) << "by rank";
  issue(part(3)).as(max).given(events::issue::ParentChanged{});
  EXPECT_EQ(chosen(), runs(3)) << "it is nobody's sub-issue any more";
  claim(3);
  EXPECT_EQ(chosen(), runs(2));
}

TEST_F(Claims, ParallelSubIssuesAreHandedOutTogether) {
  const auto part = [](int n) { return id_of<events::IssueId>(500 + n); };
  for (int n = 1; n <= 3; ++n) {
    issue(part(n)).as(max).given(sub_issue(10 + n, first, events::issue::ExecutionType::parallel));
    requested(n, part(n));
  }
  more_at_once(9);
  for (int n = 1; n <= 3; ++n) {
    ASSERT_EQ(chosen(), runs(n));
    claim(n);
  }
}

TEST_F(Claims, WhatIsHiddenKeepsNobodyWaiting) {
  const auto part = [](int n) { return id_of<events::IssueId>(500 + n); };
  auto hidden = sub_issue(11, first, events::issue::ExecutionType::serial);
  hidden.project_id = payments;
  issue(part(1)).as(max).given(hidden);
  issue(part(2)).as(max).given(sub_issue(12, first, events::issue::ExecutionType::serial));
  requested(2, part(2));
  EXPECT_FALSE(chosen());
  project(payments).as(ada).when(project::Delete{});
  EXPECT_EQ(chosen(), runs(2));
}

TEST_F(Claims, WhatCannotBeginKeepsNothingBehindItWaiting) {
  constexpr int held = static_cast<int>(execution::ready_looked_at_max) / 2;
  for (int n = 0; n < held; ++n) requested(n, second);
  requested(held, first);
  issue(second).as(max).given(StatusChanged{IssueStatus::blocked});
  EXPECT_EQ(chosen(), runs(held));
}

TEST_F(Claims, HoweverManyCannotBeginNothingWaitsForEver) {
  constexpr int held = static_cast<int>(execution::ready_looked_at_max) + 100;
  for (int n = 0; n < held; ++n) requested(n, second);
  requested(held, first);
  issue(second).as(max).given(StatusChanged{IssueStatus::blocked});
  auto context = admitted(max);
  execution::Claim claim{};
  claim.agent_id = robot;
  bool found = false;
  for (int tries = 0; tries < 200 && !found; ++tries) {
    context.fresh_id = id_of<events::EventId>(tries * 37 + 1).value;
    found = choose(claim, context, world.facts).value() == runs(held);
  }
  EXPECT_TRUE(found);
}

TEST_F(Claims, WhoMayNotKnowOfAProjectGetsNoRunInIt) {
  requested(1, [&](auto& request) {
    request.issue_id.reset();
    request.project_id = ProjectRef(payments);
  });
  member(another_member);
  project(payments).as(max).given(events::project::VisibilityChanged{events::project::Visibility::private_});
  EXPECT_FALSE(choose(execution::Claim{}, admitted(another_member), world.facts).value());
  EXPECT_EQ(choose(execution::Claim{}, admitted(max), world.facts).value(), runs(1));
}

TEST_F(Claims, ALeaseIsAsLongAsItIsAskedFor) {
  requested(1);
  auto claim = claim_of(1);
  claim.lease_seconds = 0;
  run(1).as(max).when(claim).then_rejected("out-of-range", "/lease_seconds");
  claim.lease_seconds = 7;
  run(1).as(max).when(claim);
  EXPECT_EQ(run(1).state().lease_expires_at, context().now + std::chrono::seconds(7));
}

}  // namespace
}  // namespace daybook::domain::execution_claim_test
