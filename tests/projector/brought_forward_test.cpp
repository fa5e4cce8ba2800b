// What an import brings forward of how things stood elsewhere: figures are that and what comes since, wherever their thing goes.
#include <gtest/gtest.h>

#include "projector/read_models/activity.hpp"
#include "projector/read_models/audit_entry.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/skill.hpp"
#include "projector/read_models/sprint.hpp"
#include "projector/read_models/template.hpp"
#include "projector/read_models/usage_record.hpp"
#include "projector/read_models/worked_time.hpp"
#include "projector/read_models/workspace_usage.hpp"
#include "tests/projector/folded_models.hpp"

namespace daybook::projector::test {
namespace {

using namespace events;
namespace ex = events::execution;

const auto apollo = id_of<ProjectId>(0x130), gemini = id_of<ProjectId>(0x131);
const auto robin = id_of<AgentId>(0x160);
const auto run = id_of<ExecutionId>(0x150);
const auto noon = *text::parse_instant("2025-03-01T12:00:00Z");
constexpr std::int64_t cent = 10'000'000;  // nano-units

class BroughtForward : public testing::Test {
 protected:
  void SetUp() override {
    workspace::Created created{};
    created.slug = "lab";
    happen<workspace::Event>(StreamType::workspace, space, created);
    open_project(apollo, "APO");
    open_project(gemini, "GEM");
    issue::Opened opened{};
    opened.identifier = "ISSUE-1";
    opened.project_id = apollo;
    happen<issue::Event>(StreamType::issue, bug, opened);
  }
  void open_project(ProjectId id, const std::string& key) {
    project::Created created{};
    created.key = key;
    happen<project::Event>(StreamType::project, id, created);
  }

  template <class Event, class IdType, class What>
  Envelope& happen(StreamType type, IdType id, const What& what) {
    return history.add<Event>(type, id.value, space, what);
  }
  // The same as an import tells it.
  template <class Event, class IdType, class What>
  Envelope& bring(StreamType type, IdType id, const What& what) {
    auto& envelope = happen<Event>(type, id, what);
    envelope.via_type = ViaType::database_import;
    envelope.origin = Origin::import;
    envelope.occurred_at = noon;
    return envelope;
  }
  void bring_issue() {
    issue::BroughtForward brought{};
    brought.started_at = noon - std::chrono::hours(48);
    brought.completed_at = noon - std::chrono::hours(24);
    brought.worked_seconds = 5400;
    brought.cost = Decimal{250 * cent};
    brought.currency = "USD";
    brought.token_usage = ex::Usage{10, {}, {}, 20, {}, {}};
    bring<issue::Event>(StreamType::issue, bug, brought);
  }
  void end_run(std::int64_t cents) {
    ex::Requested requested{};
    requested.issue_id = bug;
    happen<ex::Event>(StreamType::execution, run, requested);
    happen<ex::Event>(StreamType::execution, run, ex::Claimed{});
    ex::Completed completed{};
    completed.cost_nano = cents * cent;
    completed.currency = "USD";
    completed.usage.unsplit = 5;
    happen<ex::Event>(StreamType::execution, run, completed);
  }

  template <class Row, class IdType>
  Row row(IdType id) {
    fold();
    return models.row<Row>(id);
  }
  void fold() {
    const auto events = history.take();
    whole.insert(whole.end(), events.begin(), events.end());
    models.fold(events);
  }
  static std::string all_of(const FoldedModels& models) {
    return models.rows_of({&table_of<IssueRow>(), &table_of<ProjectRow>(), &table_of<WorkspaceRow>(), &table_of<CostRow>(), &table_of<WorkedTimeRow>(),
                           &table_of<ExecutionRow>(), &table_of<ActivityRow>(), &table_of<AuditRow>()});
  }
  void expect_costs(const std::string& of_apollo, const std::string& of_gemini, const std::string& everywhere) {
    EXPECT_EQ(row<ProjectRow>(apollo).total_cost.text(), of_apollo);
    EXPECT_EQ(row<ProjectRow>(gemini).total_cost.text(), of_gemini);
    EXPECT_EQ(row<WorkspaceRow>(space).total_cost.text(), everywhere);
  }
  std::vector<ActivityRow> activity() {
    fold();
    return models.each<ActivityRow>("by_workspace", index_part(space.value));
  }

  History history{ada};
  FoldedModels models;
  std::vector<Envelope> whole;
};

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

// ---- entries of the logs ----------------------------------------------------------------------------------------------------

TEST_F(BroughtForward, WhatAnImportTellsMakesNoActivity) {
  const auto before = activity().size();
  bring_issue();
  bring<issue::Event>(StreamType::issue, bug, issue::StatusChanged{issue::Status::done});
  EXPECT_EQ(activity().size(), before);
  happen<issue::Event>(StreamType::issue, bug, issue::StatusChanged{issue::Status::todo});
  EXPECT_EQ(activity().size(), before + 1);
}

TEST_F(BroughtForward, AnEntryOfAnotherActivityLogIsShownAsItStoodThere) {
  access::ActivityNoted noted{};
  noted.entry_id = id_of<EventId>(0x900);
  noted.entity_type = "issue";
  noted.entity_id = EntityId{bug.value};
  noted.action = "status_changed";
  noted.event_type = "issue.status_changed";
  noted.actor_type = ActorType::user;
  noted.actor_id = PrincipalId{ada.value};
  noted.project_id = apollo;
  noted.issue_id = bug;
  noted.details.text = R"({"note":"as it was"})";
  noted.changes.text = R"({"status":["todo","done"]})";
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  const auto entry = row<ActivityRow>(noted.entry_id);
  EXPECT_EQ(entry.type, "issue.status_changed");
  EXPECT_EQ(entry.entity_id, noted.entity_id);
  EXPECT_EQ(entry.actor_id, noted.actor_id);
  EXPECT_EQ(entry.details, noted.details);
  EXPECT_EQ(entry.changes, noted.changes);
  EXPECT_EQ(entry.created_at, noon);
  EXPECT_EQ(models.rows_of({&table_of<AuditRow>()}).find("activity_noted"), std::string::npos);
  noted.action = "said once more";
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  EXPECT_EQ(row<ActivityRow>(noted.entry_id).action, "status_changed") << "the first of one id stands";
}

TEST_F(BroughtForward, AnEntryOfAnotherAuditIsShownAsItStoodThere) {
  access::AuditNoted noted{};
  noted.entry_id = id_of<EventId>(0x900);
  noted.event_type = "agent.deleted";
  noted.actor_type = ActorType::user;
  noted.actor_id = PrincipalId{ada.value};
  noted.resource_type = "agent";
  noted.resource_id = robin.text();
  noted.action = "deleted";
  noted.success = false;
  noted.details.text = R"({"why":"no reason"})";
  noted.address = Personal("192.0.2.7");
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  const auto entry = row<AuditRow>(noted.entry_id);
  EXPECT_EQ(entry.resource_id.value, robin.value);
  EXPECT_FALSE(entry.resource_name);
  EXPECT_FALSE(entry.success);
  EXPECT_EQ(entry.details, noted.details);
  EXPECT_EQ(entry.created_at, noon);
  EXPECT_EQ(to_json(entry).find("192.0.2"), std::string::npos);
  noted.entry_id = id_of<EventId>(0x901);
  noted.resource_id = "settings";
  noted.address.reset();
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x791), noted);
  EXPECT_EQ(row<AuditRow>(noted.entry_id).resource_name, "settings");
  EXPECT_NE(row<AuditRow>(noted.entry_id).resource_id, EntityId{});
}

TEST_F(BroughtForward, ADatabaseThatWasBroughtInIsOneEntryOfItsWorkspace) {
  const auto before = activity().size();
  const auto id = bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), access::DatabaseImported{"prism", Json{R"({"stories":3})"}}).event_id;
  ASSERT_EQ(activity().size(), before + 1);
  const auto entry = row<ActivityRow>(id);
  EXPECT_EQ(entry.entity_type, "workspace");
  EXPECT_EQ(entry.entity_id.value, space.value);
  EXPECT_EQ(entry.action, "database_imported");
  EXPECT_EQ(row<AuditRow>(id).event_type, "access.database_imported");
}

}  // namespace
}  // namespace daybook::projector::test
