// What is asked of a run, what becomes of it, and who may say so.
#include "tests/command-service/domain/runs.hpp"

namespace daybook::domain::execution_test {
namespace {

using Executions = Runs;
using std::chrono::seconds;

TEST_F(Executions, ARunIsOfItsIssueAndNumberedThere) {
  execution::Request request{};
  request.issue_id = IssueRef("ABC-1");
  request.prompt = Prompt("Fix it.");
  run(1).as(max).when(request);
  EXPECT_EQ(run(1).state().issue_id, first);
  EXPECT_EQ(run(1).state().execution_number, 1);
  EXPECT_EQ(run(1).state().status, Status::pending);
  run(2).as(max).when(request);
  EXPECT_EQ(run(2).state().execution_number, 2);
  request.issue_id = IssueRef(second);
  run(3).as(max).when(request);
  EXPECT_EQ(run(3).state().execution_number, 1);
}

TEST_F(Executions, WhatIsLeftOutComesOfTheIssue) {
  issue(first).as(max).given(events::issue::PriorityChanged{Priority::urgent},
                             events::issue::Assigned{events::issue::AssigneeType::agent, events::PrincipalId{robot.value}});
  execution::Request request{};
  request.issue_id = IssueRef(first);
  run(1).as(max).when(request);
  EXPECT_EQ(run(1).state().priority, Priority::urgent);
  EXPECT_EQ(run(1).state().agent_id, robot);
  EXPECT_FALSE(run(1).state().for_any_agent);
  EXPECT_EQ(run(1).state().lease_seconds, execution::lease_seconds_default);
  EXPECT_EQ(run(1).state().max_attempts, execution::attempts_default);
}

TEST_F(Executions, ARunOfAnAgentRunsThatAgent) {
  execution::Request request{};
  request.execution_type = ExecutionType::agent;
  run(1).as(max).when(request).then_rejected("required", "/resource_id");
  request.resource_id = events::EntityId{robot.value};
  run(1).as(max).when(request);
  EXPECT_EQ(run(1).state().agent_id, robot);
}

TEST_F(Executions, WhatARunNamesHasToBeThere) {
  execution::Request request{};
  request.issue_id = IssueRef(foreign_issue);
  run(1).as(max).when(request).then_rejected("not-found");
  request = {};
  request.project_id = ProjectRef(foreign_project);
  run(1).as(max).when(request).then_rejected("unknown-reference", "/project_id");
  request = {};
  request.agent_id = id_of<events::AgentId>(41);
  run(1).as(max).when(request).then_rejected("unknown-reference", "/agent_id");
  request = {};
  request.execution_type = ExecutionType::workflow;
  request.resource_id = events::EntityId{robot.value};
  run(1).as(max).when(request).then_rejected("unknown-reference", "/resource_id");
  request = {};
  request.issue_id = IssueRef(first);
  request.project_id = ProjectRef(payments);
  run(1).as(max).when(request).then_rejected("not-together", "/project_id");
}

TEST_F(Executions, FieldsAreWithinTheirBounds) {
  const auto expect_refused = [&](auto change, std::string_view pointer) {
    execution::Request request{};
    change(request);
    run(1).as(max).when(request).then_rejected("out-of-range", pointer);
  };
  expect_refused([](auto& r) { r.temperature = -0.1; }, "/temperature");
  expect_refused([](auto& r) { r.temperature = 10.1; }, "/temperature");
  expect_refused([](auto& r) { r.max_tokens = 0; }, "/max_tokens");
  expect_refused([](auto& r) { r.lease_seconds = 0; }, "/lease_seconds");
  expect_refused([](auto& r) { r.lease_seconds = execution::lease_seconds_max + 1; }, "/lease_seconds");
  expect_refused([](auto& r) { r.max_attempts = 0; }, "/max_attempts");
  run(1).as(vic).when(execution::Request{}).then_rejected("forbidden");
  run(1).as(nora).when(execution::Request{}).then_rejected("not-found");
}

TEST_F(Executions, TheSameRequestRepeatsAndAnotherDoesNot) {
  execution::Request request{};
  request.issue_id = IssueRef(first);
  auto story = run(1);
  story.as(max).when(request);
  const auto born = std::get<happened::Requested>(story.events().front());
  auto context = admitted(max);
  EXPECT_TRUE(repeats(born, request, context, world.facts));
  request.prompt = Prompt("Another.");
  EXPECT_FALSE(repeats(born, request, context, world.facts));
  story.when(request).then_rejected("already-exists", "/id");
}

TEST_F(Executions, AClaimGivesALeaseAndATokenThatGrows) {
  requested(1);
  requested(2);
  claim(1);
  const auto& state = run(1).state();
  EXPECT_EQ(state.status, Status::running);
  EXPECT_EQ(state.agent_id, robot);
  EXPECT_EQ(state.claimed_by_id, events::PrincipalId{max.value});
  EXPECT_EQ(state.fencing_token, 1);
  EXPECT_EQ(state.lease_expires_at, context().now + seconds(execution::lease_seconds_default));
  more_at_once(2);
  claim(2);
  EXPECT_EQ(run(2).state().fencing_token, 2);
}

TEST_F(Executions, AHeartbeatIsWrittenDownWhenItTellsSomethingOrTheLeaseIsHalfOver) {
  requested(1);
  claim(1);
  auto story = run(1);
  story.as(max).after(seconds(149)).when(execution::Heartbeat{1, {}, {}}).then_nothing();
  story.when(execution::Heartbeat{1, 10, {}})
      .then(happened::Progressed{10, {}, context().now + seconds(149 + 300)});
  story.when(execution::Heartbeat{1, 10, {}}).then_nothing();
  story.after(seconds(151)).when(execution::Heartbeat{1, {}, {}}).then(happened::Progressed{10, {}, context().now + seconds(300 + 300)});
  story.when(execution::Heartbeat{1, 101, {}}).then_rejected("out-of-range", "/progress");
  story.when(execution::Heartbeat{1, {}, Description("compiling")}).then(happened::Progressed{10, "compiling", context().now + seconds(300 + 300)});
}

TEST_F(Executions, AStaleTokenChangesNothing) {
  requested(1);
  execution::Complete complete{};
  complete.fencing_token = 1;
  run(1).as(max).when(complete).then_rejected("not-claimed");
  claim(1);
  complete.fencing_token = 2;
  run(1).as(max).when(complete).then_rejected("stale-fencing-token");
  run(1).as(max).when(execution::Heartbeat{0, 5, {}}).then_rejected("stale-fencing-token");
  execution::Fail fail{};
  fail.fencing_token = 7;
  run(1).as(max).when(fail).then_rejected("stale-fencing-token");
  EXPECT_EQ(run(1).state().status, Status::running);
}

TEST_F(Executions, WhoLostTheirRunHoldsAStaleToken) {
  requested(1);
  claim(1);
  auto story = run(1);
  story.as(max);
  lose(1, seconds(300));
  EXPECT_EQ(story.state().status, Status::lost);
  execution::Complete complete{};
  complete.fencing_token = 1;
  story.when(complete).then_rejected("stale-fencing-token");
}

TEST_F(Executions, ARunIsLostOnlyOnceItsLeaseIsOver) {
  requested(1);
  lose(1, seconds(0));
  EXPECT_EQ(run(1).state().status, Status::pending);
  claim(1);
  lose(1, seconds(299));
  EXPECT_EQ(run(1).state().status, Status::running);
  run(1).as(max).after(seconds(299)).when(execution::Heartbeat{1, {}, {}});
  lose(1, seconds(300));
  EXPECT_EQ(run(1).state().status, Status::running) << "it was kept meanwhile";
  lose(1, seconds(599));
  EXPECT_EQ(run(1).state().status, Status::lost);
}

TEST_F(Executions, WhatLiesInSomethingDeletedIsLostAllTheSame) {
  requested(1);
  claim(1);
  issue(first).as(max).when(issue::Delete{});
  execution::Complete complete{};
  complete.fencing_token = 1;
  run(1).as(max).when(complete).then_rejected("not-found");
  lose(1, seconds(300));
  EXPECT_EQ(run(1).state().status, Status::lost);
  EXPECT_EQ(running_of_robot(), 0);
}

TEST_F(Executions, OnlyWhoClaimedARunOrAnAdminEndsIt) {
  member(another_member);
  requested(1);
  claim(1);
  execution::Complete complete{};
  complete.fencing_token = 1;
  run(1).as(another_member).when(complete).then_rejected("forbidden");
  run(1).as(vic).when(complete).then_rejected("forbidden");
  as_agent(1, id_of<events::AgentId>(41)).when(complete).then_rejected("forbidden");
  as_agent(1, robot).when(execution::Heartbeat{1, 5, {}});
  EXPECT_EQ(run(1).state().progress, 5);
  run(1).as(ada).when(complete);
  EXPECT_EQ(run(1).state().status, Status::completed);
}

TEST_F(Executions, CompletingSaysWhatCameOfItAndWhatItUsed) {
  requested(1);
  claim(1);
  execution::Complete complete{};
  complete.fencing_token = 1;
  complete.response = Prompt("Done.");
  complete.output_data = execution::Payload{{"[1]"}};
  complete.usage = execution::Usage{100, 20, {}, 30, {}, {}};
  complete.reported_cost = events::Decimal{2'500'000'000};
  run(1).as(max).after(seconds(90)).when(complete);
  const auto& state = run(1).state();
  EXPECT_EQ(state.response, events::LongText("Done."));
  EXPECT_EQ(state.tokens_used, 150);
  EXPECT_EQ(state.token_usage->cache_read, 20);
  EXPECT_FALSE(state.token_usage->cache_write) << "what was not reported is absent";
  EXPECT_EQ(state.cost, events::Decimal{2'500'000'000});
  EXPECT_EQ(state.currency, "USD");
  EXPECT_EQ(state.execution_time, events::Decimal{90'000'000'000});
  EXPECT_FALSE(state.usage_missing);
  EXPECT_FALSE(state.lease_expires_at);
  EXPECT_EQ(state.completed_at, context().now + seconds(90));
}

TEST_F(Executions, MissingUsageIsMarkedAndNeverZero) {
  requested(1);
  claim(1);
  complete(1);
  EXPECT_TRUE(run(1).state().usage_missing);
  EXPECT_FALSE(run(1).state().tokens_used);
  EXPECT_FALSE(run(1).state().cost);
}

TEST_F(Executions, WhatIsReportedIsWithinItsBounds) {
  requested(1);
  claim(1);
  execution::Complete complete{};
  complete.fencing_token = 1;
  complete.currency = Currency("EUR");
  run(1).as(max).when(complete).then_rejected("required", "/reported_cost");
  complete = {};
  complete.fencing_token = 1;
  complete.execution_time = events::Decimal{-1};
  run(1).as(max).when(complete).then_rejected("out-of-range", "/execution_time");
}

TEST_F(Executions, TerminalStatesNeverChange) {
  requested(1);
  claim(1);
  complete(1);
  const auto before = run(1).state();
  execution::Complete again{};
  again.fencing_token = 1;
  run(1).as(max).when(again).then_rejected("ended");
  run(1).as(max).when(execution::Fail{1, Description("no"), {}, {}, {}, {}, {}, {}}).then_rejected("ended");
  run(1).as(max).when(execution::Heartbeat{1, 50, {}}).then_rejected("ended");
  run(1).as(max).when(execution::Cancel{}).then_rejected("ended");
  lose(1, seconds(10'000));
  claim_refused(1, "ended");
  EXPECT_EQ(run(1).state(), before);
}

TEST_F(Executions, APendingRunIsCancelledAndWaitsNoLonger) {
  requested(1);
  run(1).as(max).when(execution::Cancel{Description("Not needed.")});
  EXPECT_EQ(run(1).state().status, Status::cancelled);
  EXPECT_EQ(run(1).state().cancel_reason, "Not needed.");
  EXPECT_FALSE(run(1).state().usage_missing) << "it never ran";
  EXPECT_FALSE(chosen());
  run(1).as(max).when(execution::Cancel{}).then_nothing();
}

TEST_F(Executions, AnAgentHasToDoWithItsOwnRunsAlone) {
  requested(1);
  as_agent(1, robot).when(execution::Cancel{}).then_rejected("forbidden");
  execution::Request request{};
  request.issue_id = IssueRef(second);
  as_agent(2, robot).when(request).then_rejected("forbidden");
  issue(second).as(max).given(events::issue::Assigned{events::issue::AssigneeType::agent, events::PrincipalId{robot.value}});
  as_agent(2, robot).when(request);
  EXPECT_EQ(run(2).state().agent_id, robot);
}

TEST_F(Executions, AFailedRunIsTriedAgainWhileAttemptsAreLeft) {
  requested(1, [](auto& request) { request.max_attempts = 2; });
  retry_refused(1, 2, "not-retryable");
  claim(1);
  retry_refused(1, 2, "not-retryable");
  fail(1);
  retry(1, 2);
  const auto& second_try = run(2).state();
  EXPECT_EQ(second_try.retry_of, runs(1));
  EXPECT_EQ(second_try.retry_count, 1);
  EXPECT_EQ(second_try.execution_number, 2);
  EXPECT_TRUE(second_try.for_any_agent) << "as it was asked for, not as it was claimed";
  EXPECT_FALSE(second_try.agent_id);
  EXPECT_EQ(second_try.prompt, run(1).state().prompt);
  retry_refused(1, 3, "already-retried");
  claim(2);
  fail(2);
  retry_refused(2, 3, "no-attempts-left");
}

TEST_F(Executions, ALostRunIsTriedAgainAndACompletedOneIsNot) {
  requested(1);
  claim(1);
  lose(1, seconds(300));
  retry(1, 2);
  more_at_once(2);
  requested(3);
  claim(3);
  complete(3);
  retry_refused(3, 4, "not-retryable");
}

TEST_F(Executions, UsageIsCorrectedOfWhatHasEnded) {
  requested(1);
  claim(1);
  execution::CorrectUsage correct{};
  correct.usage.unsplit = 7;
  run(1).as(max).when(correct).then_rejected("not-ended");
  lose(1, seconds(300));
  run(1).as(max).when(correct);
  EXPECT_EQ(run(1).state().tokens_used, 7);
  EXPECT_FALSE(run(1).state().usage_missing);
  EXPECT_EQ(run(1).state().status, Status::lost) << "what it was stays";
  run(1).as(max).when(correct).then_nothing();
  member(another_member);
  run(1).as(another_member).when(correct).then_rejected("forbidden");
}

TEST_F(Executions, FeedbackIsGivenByPeopleToWhatHasEnded) {
  requested(1);
  execution::GiveFeedback feedback{};
  feedback.rating = 4;
  run(1).as(max).when(feedback).then_rejected("not-ended");
  claim(1);
  complete(1);
  run(1).as(max).when(feedback).then(happened::FeedbackGiven{{}, 4});
  run(1).as(max).when(feedback).then_nothing();
  feedback.user_feedback = Description("Well done.");
  feedback.rating = 6;
  run(1).as(max).when(feedback).then_rejected("out-of-range", "/rating");
  feedback.rating = events::Patch<std::int64_t>::cleared();
  run(1).as(max).when(feedback).then(happened::FeedbackGiven{"Well done.", {}});
  as_agent(1, robot).when(feedback).then_rejected("forbidden");
}

// ---- how many a workspace may request ---------------------------------------------------------------------------------

TEST_F(Executions, BeyondTheQuotaOfTheMonthNoneIsRequestedOrTriedAgainAndTheNextMonthTakesThem) {
  workspace().as(olga).given(events::workspace::QuotaChanged{events::Json{R"({"agents":-1,"workflows":-1,"executions_per_month":2})"}});
  execution::Request request{};
  request.issue_id = IssueRef(first);
  request.max_attempts = 3;
  run(1).as(max).when(request);
  claim(1);
  fail(1);
  requested(2);
  auto third = run(3);
  third.as(max).when(request).then_rejected("quota-exceeded");
  EXPECT_EQ(third.rejection()->kind, Rejection::Kind::quota_exceeded);
  retry_refused(1, 4, "quota-exceeded");
  claim(2);
  complete(2);
  run(5).as(max).when(request).then_rejected("quota-exceeded");  // what has ended was requested all the same
  EXPECT_FALSE(run(6).as(max).after(std::chrono::days(31)).when(request).rejection());
}

}  // namespace
}  // namespace daybook::domain::execution_test
