// What an import brings forward of how things stood elsewhere: figures are that and what comes since, wherever their thing goes.
#include "tests/projector/brought_forward_fixture.hpp"

namespace daybook::projector::test::brought_forward_test {
namespace {

// ---- along the containers ---------------------------------------------------------------------------------------------

TEST_F(BroughtForward, AnIssueShowsTheTimesOfTheOtherSystemAndIsStampedByItsWord) {
  bring_issue();
  const auto issue = row<IssueRow>(bug);
  EXPECT_EQ(issue.started_at, noon - std::chrono::hours(48));
  EXPECT_EQ(issue.completed_at, noon - std::chrono::hours(24));
  EXPECT_EQ(issue.updated_at, noon);
  EXPECT_EQ(issue.version.value, 2);
}

TEST_F(BroughtForward, WhatAnIssueCostCountsOnceInItsProjectAndItsWorkspace) {
  bring_issue();
  end_run(50);
  const auto issue = row<IssueRow>(bug);
  EXPECT_EQ(issue.actual_cost.text(), "3");
  EXPECT_EQ(issue.run_count, 1) << "what was brought forward is no run";
  EXPECT_EQ(issue.token_usage, (TokenSums{10, 0, 0, 20, 0, 5}));
  expect_costs("3", "0", "3");
  project::BroughtForward brought{};
  brought.cost = Decimal{100 * cent};
  brought.currency = "USD";
  bring<project::Event>(StreamType::project, apollo, brought);
  expect_costs("4", "0", "4");
}

TEST_F(BroughtForward, AnIssueThatMovesOrIsDeletedTakesWhatItBroughtAlong) {
  bring_issue();
  happen<issue::Event>(StreamType::issue, bug, issue::Moved{gemini});
  expect_costs("0", "2.5", "2.5");
  EXPECT_EQ(row<ProjectRow>(apollo).actual_hours.text(), "0");
  EXPECT_EQ(row<ProjectRow>(gemini).actual_hours.text(), "1.5");
  happen<issue::Event>(StreamType::issue, bug, issue::Deleted{});
  expect_costs("0", "0", "0");
  EXPECT_EQ(row<ProjectRow>(gemini).actual_hours.text(), "0");
  EXPECT_EQ(row<IssueRow>(bug).actual_minutes, 90);
  happen<issue::Event>(StreamType::issue, bug, issue::Restored{});
  expect_costs("0", "2.5", "2.5");
  happen<project::Event>(StreamType::project, gemini, project::Deleted{});
  expect_costs("0", "2.5", "0");
}

TEST_F(BroughtForward, HoursAreWhatWasWorkedThereAndHere) {
  bring_issue();
  time_entry::Logged logged{};
  logged.issue_id = bug;
  logged.duration_seconds = 1800;
  happen<time_entry::Event>(StreamType::time_entry, id_of<TimeEntryId>(0x200), logged);
  project::BroughtForward brought{};
  brought.worked_seconds = 3600;
  bring<project::Event>(StreamType::project, apollo, brought);
  EXPECT_EQ(row<IssueRow>(bug).actual_minutes, 120);
  EXPECT_EQ(row<ProjectRow>(apollo).actual_hours.text(), "3");
}

TEST_F(BroughtForward, AnEntryShowsTheDurationOfTheOtherSystem) {
  time_entry::Logged logged{};
  logged.issue_id = bug;
  logged.duration_seconds = 1800;
  const auto entry = id_of<TimeEntryId>(0x200);
  happen<time_entry::Event>(StreamType::time_entry, entry, logged);
  bring<time_entry::Event>(StreamType::time_entry, entry, time_entry::BroughtForward{600});
  EXPECT_EQ(row<IssueRow>(bug).actual_minutes, 10);
}

TEST_F(BroughtForward, AnotherCurrencyIsShownWhereThatBecomesTheWorkspaces) {
  issue::BroughtForward brought{};
  brought.cost = Decimal{100 * cent};
  brought.currency = "EUR";
  bring<issue::Event>(StreamType::issue, bug, brought);
  expect_costs("0", "0", "0");
  happen<workspace::Event>(StreamType::workspace, space, workspace::CurrencyChanged{"EUR"});
  expect_costs("1", "0", "1");
  EXPECT_EQ(row<IssueRow>(bug).actual_cost.text(), "1");
}

TEST_F(BroughtForward, WhatWasSpentWithAProviderCountsInTheMonthOfItsRecording) {
  const auto config = id_of<AiProviderId>(0x170);
  ai_provider::Added added{};
  added.provider = "openai";
  happen<ai_provider::Event>(StreamType::ai_provider, config, added);
  ai_provider::BroughtForward brought{};
  brought.current_spend = Decimal{700 * cent};
  brought.last_tested_at = noon;
  brought.last_error = "no answer";
  const auto recorded = bring<ai_provider::Event>(StreamType::ai_provider, config, brought).recorded_at;
  EXPECT_EQ(row<AiProviderRow>(config).last_tested_at, noon);
  EXPECT_EQ(row<AiProviderRow>(config).last_error, "no answer");
  const auto costs = models.each<CostRow>("by_workspace", index_part(space.value));
  ASSERT_EQ(costs.size(), 1u);
  EXPECT_EQ(costs.front().ai_provider_id, config);
  EXPECT_EQ(costs.front().cost.text(), "7");
  EXPECT_EQ(costs.front().month.text().substr(0, 7), text::date_of(recorded).text().substr(0, 7));
  expect_costs("0", "0", "7");
}

TEST_F(BroughtForward, AReplayGivesTheSameRows) {
  bring_issue();
  end_run(50);
  happen<issue::Event>(StreamType::issue, bug, issue::Moved{gemini});
  fold();
  FoldedModels replayed;
  replayed.fold(whole);
  EXPECT_EQ(all_of(replayed), all_of(models));
}

// ---- runs ---------------------------------------------------------------------------------------------------------------

class BroughtRuns : public BroughtForward {
 protected:
  void bring_run(const ex::BroughtForward& brought) {
    ex::Requested requested{};
    requested.issue_id = bug;
    requested.agent_id = robin;
    bring<ex::Event>(StreamType::execution, run, requested);
    bring<ex::Event>(StreamType::execution, run, brought);
  }
};

TEST_F(BroughtRuns, ARunHasEndedAsItIsSaidToHaveWithoutALease) {
  happen<agent::Event>(StreamType::agent, robin, agent::Registered{});
  ex::BroughtForward brought{};
  brought.status = ex::Status::completed;
  brought.execution_number = 4;
  brought.retry_count = 1;
  brought.started_at = noon - std::chrono::hours(2);
  brought.completed_at = noon - std::chrono::hours(1);
  brought.response = LongText("Done.");
  brought.token_usage = ex::Usage{1, {}, {}, 2, {}, {}};
  brought.cost = Decimal{30 * cent};
  brought.currency = "USD";
  brought.rating = 5;
  bring_run(brought);
  const auto ended = row<ExecutionRow>(run);
  EXPECT_EQ(ended.status, ex::Status::completed);
  EXPECT_FALSE(ended.lease_expires_at);
  EXPECT_EQ(ended.execution_number, 4);
  EXPECT_EQ(ended.retry_count, 1);
  EXPECT_EQ(ended.tokens_used, 3);
  EXPECT_EQ(ended.cost_source, ex::CostSource::reported);
  EXPECT_EQ(ended.rating, 5);
  EXPECT_EQ(row<IssueRow>(bug).run_count, 1);
  EXPECT_EQ(row<AgentRow>(robin).total_cost.text(), "0.3");
  expect_costs("0.3", "0", "0.3");
}

TEST_F(BroughtRuns, ACostWithoutACurrencyIsNone) {
  ex::BroughtForward brought{};
  brought.status = ex::Status::failed;
  brought.started_at = noon;
  brought.cost = Decimal{30 * cent};
  bring_run(brought);
  EXPECT_FALSE(row<ExecutionRow>(run).cost);
  EXPECT_EQ(row<IssueRow>(bug).runs_without_cost, 1);
  EXPECT_EQ(row<IssueRow>(bug).runs_without_usage, 1);
}

TEST_F(BroughtRuns, ARunOfAMonthThatIsOverCountsNoMore) {
  const auto later = noon + std::chrono::hours(24 * 62);
  happen<ex::Event>(StreamType::execution, id_of<ExecutionId>(0x151), ex::Requested{}).recorded_at = later;
  bring_run({});
  const auto usage = row<WorkspaceUsageRow>(space);
  EXPECT_EQ(usage.executions, 1);
  EXPECT_EQ(usage.month, text::date_of(later).text().substr(0, 7));
}

// ---- figures of one stream ------------------------------------------------------------------------------------------------

TEST_F(BroughtForward, ARatingIsTheMeanOfWhatWasSaidThereAndHere) {
  const auto skill_id = id_of<SkillId>(0x210);
  happen<skill::Event>(StreamType::skill, skill_id, skill::Published{});
  skill::BroughtForward brought{};
  brought.fork_count = 2;
  brought.usage_count = 7;
  brought.rating = 4.5;
  brought.review_count = 3;
  bring<skill::Event>(StreamType::skill, skill_id, brought);
  EXPECT_EQ(row<SkillRow>(skill_id).rating, 4.5);
  const auto review = id_of<SkillReviewId>(0x211);
  happen<skill::Event>(StreamType::skill, skill_id, skill::Reviewed{review, ada, 1, {}});
  happen<skill::Event>(StreamType::skill, skill_id, skill::Used{});
  auto shown = row<SkillRow>(skill_id);
  EXPECT_EQ(shown.rating, 3.63) << "of 4.5 thrice and 1";
  EXPECT_EQ(shown.rating_count, 4);
  EXPECT_EQ(shown.usage_count, 8);
  EXPECT_EQ(shown.fork_count, 2);
  happen<skill::Event>(StreamType::skill, skill_id, skill::ReviewWithdrawn{review});
  EXPECT_EQ(row<SkillRow>(skill_id).rating, 4.5);
  EXPECT_EQ(row<SkillRow>(skill_id).rating_count, 3);
}

TEST_F(BroughtForward, AMeanOfAnUnknownNumberIsOnePersons) {
  const auto of = id_of<TemplateId>(0x220);
  happen<template_::Event>(StreamType::template_, of, template_::Published{});
  template_::BroughtForward brought{};
  brought.rating = 4.0;
  bring<template_::Event>(StreamType::template_, of, brought);
  happen<template_::Event>(StreamType::template_, of, template_::Rated{id_of<TemplateRatingId>(0x221), ada, 1});
  EXPECT_EQ(row<TemplateRow>(of).rating, 2.5);
  EXPECT_EQ(row<TemplateRow>(of).rating_count, 2);
}

TEST_F(BroughtForward, ASprintThatEndedElsewhereHasTheVelocityItHadThere) {
  const auto sprint_id = id_of<SprintId>(0x230);
  sprint::Planned planned{};
  planned.project_id = apollo;
  bring<sprint::Event>(StreamType::sprint, sprint_id, planned);
  bring<sprint::Event>(StreamType::sprint, sprint_id, sprint::Started{});
  bring<sprint::Event>(StreamType::sprint, sprint_id, sprint::Completed{});
  bring<sprint::Event>(StreamType::sprint, sprint_id, sprint::BroughtForward{21, noon, noon + std::chrono::hours(1)});
  const auto shown = row<SprintRow>(sprint_id);
  EXPECT_EQ(shown.velocity, 21);
  EXPECT_EQ(shown.started_at, noon);
  EXPECT_EQ(shown.ended_at, noon + std::chrono::hours(1));
}

TEST_F(BroughtForward, WhatUsageCostCountsInItsOwnPeriod) {
  const auto record = id_of<UsageRecordId>(0x240);
  usage_record::Recorded recorded{};
  recorded.billing_unit = "token";
  recorded.quantity = Decimal{1'000'000'000};
  recorded.currency = "USD";
  recorded.period_start = noon;
  recorded.period_end = noon + std::chrono::hours(1);
  bring<usage_record::Event>(StreamType::usage_record, record, recorded);
  bring<usage_record::Event>(StreamType::usage_record, record, usage_record::BroughtForward{Decimal{5 * cent}});
  EXPECT_EQ(row<UsageRecordRow>(record).total_cost.text(), "0.05");
  FoldedModels replayed;
  replayed.fold(whole);
  EXPECT_NE(replayed.rows_of({&table_of<UsageTotalRow>()}).find(R"("total_cost":0.05)"), std::string::npos);
}

}  // namespace
}  // namespace daybook::projector::test::brought_forward_test
