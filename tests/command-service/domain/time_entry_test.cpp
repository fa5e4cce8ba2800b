#include "command-service/domain/time_entry/time_entry.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::time_entry_test {
namespace {

namespace happened = events::time_entry;
using events::Patch;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const auto fresh = id_of<events::TimeEntryId>(90);
const auto another = id_of<events::TimeEntryId>(91);

class TimeEntries : public Office {
 protected:
  auto entry(events::TimeEntryId id) { return spec<TimeEntry>(id, acme); }
  text::Instant now() const { return context().now; }

  time_entry::StartTimer timer(IssueRef on) const {
    time_entry::StartTimer command{};
    command.issue_id = std::move(on);
    return command;
  }
  // An hour that ended an hour ago.
  time_entry::Log an_hour(IssueRef on) const {
    time_entry::Log command{};
    command.issue_id = std::move(on);
    command.start_time = now() - hours(2);
    command.end_time = now() - hours(1);
    return command;
  }
  happened::TimerStarted started(events::UserId user, events::IssueId on) const {
    happened::TimerStarted event{};
    event.issue_id = on;
    event.user_id = user;
    event.start_time = now();
    return event;
  }
  happened::Logged logged(events::UserId user, events::IssueId on) const {
    happened::Logged event{};
    event.issue_id = on;
    event.user_id = user;
    event.start_time = now() - hours(2);
    event.end_time = now() - hours(1);
    event.duration_seconds = 3600;
    return event;
  }
  void default_rate_is(const std::string& settings) {
    workspace().as(olga).given(events::workspace::SettingsChanged{events::Json{settings}});
  }
};

// ---- timers ------------------------------------------------------------------------------------------------------

TEST_F(TimeEntries, ATimerRunsFromNowUntilItIsStopped) {
  entry(fresh).as(max).when(timer(first)).then(started(max, first)).after(minutes(90)).when(time_entry::StopTimer{}).then(
      happened::TimerStopped{now() + minutes(90), 5400});
  EXPECT_FALSE(entry(fresh).state().is_running);
  EXPECT_FALSE(entry(fresh).state().is_manual);
}

TEST_F(TimeEntries, WhileItRunsItsDurationIsZero) {
  entry(fresh).as(max).given(started(max, first));
  EXPECT_TRUE(entry(fresh).state().is_running);
  EXPECT_FALSE(entry(fresh).state().end_time);
  EXPECT_EQ(entry(fresh).state().duration_seconds, 0);
}

TEST_F(TimeEntries, APersonHasOneRunningTimerInAWorkspace) {
  entry(fresh).as(max).given(started(max, first));
  entry(another).as(max).when(timer(second)).then_rejected("already-exists", "/user_id");
  entry(another).as(ada).when(timer(second)).then(started(ada, second));
  auto elsewhere = spec<TimeEntry>(id_of<events::TimeEntryId>(92), other);
  elsewhere.as(nora).when(timer(foreign_issue)).then(started(nora, foreign_issue));
  entry(fresh).as(max).when(time_entry::StopTimer{});
  entry(id_of<events::TimeEntryId>(93)).as(max).when(timer(second)).then(started(max, second));
}

TEST_F(TimeEntries, ARemovedTimerLetsAnotherRunAndComesBackOnlyWhenNoneDoes) {
  entry(fresh).as(max).given(started(max, first)).when(time_entry::Remove{}).then(happened::Removed{});
  entry(another).as(max).when(timer(second)).then(started(max, second));
  entry(fresh).as(max).when(time_entry::Restore{}).then_rejected("already-exists", "/user_id");
  entry(another).as(max).when(time_entry::StopTimer{});
  entry(fresh).as(max).when(time_entry::Restore{}).then(happened::Restored{});
  entry(id_of<events::TimeEntryId>(92)).as(max).when(timer(second)).then_rejected("already-exists", "/user_id");
}

TEST_F(TimeEntries, ATimerThatIsStoppedAgainStaysAsItIs) {
  entry(fresh).as(max).given(started(max, first), happened::TimerStopped{now(), 0}).when(time_entry::StopTimer{}).then_nothing();
  entry(another).as(max).given(logged(max, first)).when(time_entry::StopTimer{}).then_nothing();
}

TEST_F(TimeEntries, ATimerEndsNotBeforeItStartedAndNotInTheFuture) {
  entry(fresh).as(max).given(started(max, first));
  entry(fresh).as(max).when(time_entry::StopTimer{now() - seconds(1)}).then_rejected("before-start", "/end_time");
  entry(fresh).as(max).when(time_entry::StopTimer{now() + seconds(1)}).then_rejected("in-the-future", "/end_time");
  entry(fresh).as(max).when(time_entry::StopTimer{now()}).then(happened::TimerStopped{now(), 0});
}

TEST_F(TimeEntries, ATimerMayHaveStartedEarlierButNotInTheFuture) {
  auto command = timer(first);
  command.start_time = now() + seconds(1);
  entry(fresh).as(max).when(command).then_rejected("in-the-future", "/start_time");
  command.start_time = now() - hours(1);
  auto event = started(max, first);
  event.start_time = now() - hours(1);
  entry(fresh).as(max).when(command).then(event);
}

TEST_F(TimeEntries, ATimerOnADeletedIssueCanStillBeStopped) {
  entry(fresh).as(max).given(started(max, first));
  issue(first).as(max).given(events::issue::Deleted{});
  entry(fresh).as(max).when(time_entry::StopTimer{}).then(happened::TimerStopped{now(), 0});
}

// ---- logging -----------------------------------------------------------------------------------------------------

TEST_F(TimeEntries, TimeIsLoggedFromStartToEnd) {
  entry(fresh).as(max).when(an_hour(first)).then(logged(max, first));
  EXPECT_TRUE(entry(fresh).state().is_manual);
  EXPECT_FALSE(entry(fresh).state().is_running);
}

TEST_F(TimeEntries, ADurationAloneSaysWhenItEnded) {
  auto command = an_hour(first);
  command.end_time.reset();
  command.duration_seconds = 3600;
  entry(fresh).as(max).when(command).then(logged(max, first));
}

TEST_F(TimeEntries, WithoutEndAndDurationNothingIsLogged) {
  auto command = an_hour(first);
  command.end_time.reset();
  entry(fresh).as(max).when(command).then_rejected("required", "/end_time");
}

TEST_F(TimeEntries, BreaksMakeTheDurationLessAndNothingMakesItMore) {
  auto command = an_hour(first);
  command.duration_seconds = 3601;
  entry(fresh).as(max).when(command).then_rejected("out-of-range", "/duration_seconds");
  command.duration_seconds = -1;
  entry(fresh).as(max).when(command).then_rejected("out-of-range", "/duration_seconds");
  command.duration_seconds = 3000;
  auto event = logged(max, first);
  event.duration_seconds = 3000;
  entry(fresh).as(max).when(command).then(event);
}

TEST_F(TimeEntries, WhatIsLoggedEndsNotBeforeItStartedAndNotInTheFuture) {
  auto command = an_hour(first);
  command.end_time = command.start_time - seconds(1);
  entry(fresh).as(max).when(command).then_rejected("before-start", "/end_time");
  command.end_time = now() + seconds(1);
  entry(fresh).as(max).when(command).then_rejected("in-the-future", "/end_time");
  command.start_time = now() + seconds(2);
  command.end_time = now() + seconds(3);
  entry(fresh).as(max).when(command).then_rejected("in-the-future", "/start_time");
  command.start_time = now() - seconds(10);
  command.end_time.reset();
  command.duration_seconds = 11;
  entry(fresh).as(max).when(command).then_rejected("in-the-future", "/end_time");
  command.duration_seconds = time_entry::duration_seconds_max + 1;
  entry(fresh).as(max).when(command).then_rejected("out-of-range", "/duration_seconds");
}

TEST_F(TimeEntries, AnEntryIsOnAnIssueThatIsThere) {
  entry(fresh).as(max).when(an_hour(foreign_issue)).then_rejected("not-found");
  entry(fresh).as(max).when(timer(id_of<events::IssueId>(77))).then_rejected("not-found");
  entry(fresh).as(max).when(time_entry::StartTimer{}).then_rejected("required", "/issue_id");
  issue(first).as(max).given(events::issue::Deleted{});
  entry(fresh).as(max).when(an_hour(first)).then_rejected("not-found");
}

// ---- whose time --------------------------------------------------------------------------------------------------

TEST_F(TimeEntries, MembersKeepTheirOwnTimeAdminsAnyones) {
  auto for_max = an_hour(first);
  for_max.user_id = max;
  entry(fresh).as(ada).when(for_max).then(logged(max, first));
  auto for_ada = an_hour(first);
  for_ada.user_id = ada;
  entry(another).as(max).when(for_ada).then_rejected("forbidden");

  const auto adas = id_of<events::TimeEntryId>(95);
  entry(adas).as(ada).given(logged(ada, first));
  time_entry::Correct correction{};
  correction.description = Description("Mine");
  entry(adas).as(max).when(correction).then_rejected("forbidden");
  entry(adas).as(max).when(time_entry::Remove{}).then_rejected("forbidden");
  entry(adas).as(ada).when(time_entry::Remove{}).then(happened::Removed{});
  entry(adas).as(max).when(time_entry::Restore{}).then_rejected("forbidden");
  entry(adas).as(olga).when(time_entry::Restore{}).then(happened::Restored{});
}

TEST_F(TimeEntries, OnlyItsPersonOrAnAdminStopsATimer) {
  entry(fresh).as(ada).given(started(ada, first));
  entry(fresh).as(max).when(time_entry::StopTimer{}).then_rejected("forbidden");
  entry(fresh).as(olga).when(time_entry::StopTimer{}).then(happened::TimerStopped{now(), 0});
}

TEST_F(TimeEntries, TimeIsKeptOfMembersOnly) {
  auto command = an_hour(first);
  command.user_id = nora;
  entry(fresh).as(ada).when(command).then_rejected("unknown-reference", "/user_id");
  entry(fresh).as(vic).when(an_hour(first)).then_rejected("forbidden");
  entry(fresh).as(nora).when(an_hour(first)).then_rejected("not-found");
}

// ---- rates -------------------------------------------------------------------------------------------------------

TEST_F(TimeEntries, ARateIsKeptWithItsCurrency) {
  auto command = an_hour(first);
  command.is_billable = true;
  command.hourly_rate = events::Decimal{85'100'000'000};
  command.currency = Currency("EUR");
  auto event = logged(max, first);
  event.is_billable = true;
  event.hourly_rate = events::Decimal{85'100'000'000};
  event.currency = "EUR";
  entry(fresh).as(max).when(command).then(event);
  command.currency.reset();
  event.currency = "USD";
  entry(another).as(max).when(command).then(event);
}

TEST_F(TimeEntries, ACurrencyAloneIsNoRateAndNoRateIsBelowZero) {
  auto command = an_hour(first);
  command.currency = Currency("EUR");
  entry(fresh).as(max).when(command).then_rejected("required", "/hourly_rate");
  command.hourly_rate = events::Decimal{-1};
  entry(fresh).as(max).when(command).then_rejected("out-of-range", "/hourly_rate");
}

TEST_F(TimeEntries, WithoutARateBillableTimeHasTheWorkspacesDefaultOfThatMoment) {
  default_rate_is(R"({"theme": "dark", "default_hourly_rate": 120.5})");
  auto command = an_hour(first);
  entry(fresh).as(max).when(command).then(logged(max, first));
  command.is_billable = true;
  auto event = logged(max, first);
  event.is_billable = true;
  event.hourly_rate = events::Decimal{120'500'000'000};
  event.currency = "USD";
  entry(another).as(max).when(command).then(event);

  default_rate_is(R"({"default_hourly_rate": 200})");
  time_entry::Correct correction{};
  correction.description = Description("Said later");
  entry(another).as(max).when(correction);
  EXPECT_EQ(entry(another).state().hourly_rate, event.hourly_rate) << "it was taken once and stays";
}

TEST_F(TimeEntries, ADefaultThatIsNoNumberIsNone) {
  default_rate_is(R"({"default_hourly_rate": "a lot"})");
  auto command = an_hour(first);
  command.is_billable = true;
  auto event = logged(max, first);
  event.is_billable = true;
  entry(fresh).as(max).when(command).then(event);
}

TEST_F(TimeEntries, TimeThatBecomesBillableTakesTheDefaultAndAClearedRateTakesItAgain) {
  default_rate_is(R"({"default_hourly_rate": 100})");
  entry(fresh).as(max).given(logged(max, first));
  time_entry::Correct billable{};
  billable.is_billable = Patch<bool>(true);
  entry(fresh).as(max).when(billable);
  EXPECT_EQ(entry(fresh).state().hourly_rate, events::Decimal{100'000'000'000});
  EXPECT_EQ(entry(fresh).state().currency, "USD");

  time_entry::Correct own{};
  own.hourly_rate = Patch<events::Decimal>(events::Decimal{50'000'000'000});
  own.currency = Currency("EUR");
  entry(fresh).as(max).when(own);
  EXPECT_EQ(entry(fresh).state().currency, "EUR");

  time_entry::Correct cleared{};
  cleared.hourly_rate = Patch<events::Decimal>::cleared();
  entry(fresh).as(max).when(cleared);
  EXPECT_EQ(entry(fresh).state().hourly_rate, events::Decimal{100'000'000'000});
  EXPECT_EQ(entry(fresh).state().currency, "USD");
}

// ---- corrections -------------------------------------------------------------------------------------------------

TEST_F(TimeEntries, ACorrectedEndMakesTheDurationAgain) {
  entry(fresh).as(max).given(logged(max, first));
  time_entry::Correct correction{};
  correction.end_time = Patch<text::Instant>(now() - minutes(30));
  entry(fresh).as(max).when(correction);
  EXPECT_EQ(entry(fresh).state().duration_seconds, 5400);
  correction.duration_seconds = Patch<std::int64_t>(5000);
  entry(fresh).as(max).when(correction);
  EXPECT_EQ(entry(fresh).state().duration_seconds, 5000);
}

TEST_F(TimeEntries, ACorrectionObeysTheSameRulesAndNamesEachFieldAtOnce) {
  entry(fresh).as(max).given(logged(max, first));
  time_entry::Correct correction{};
  correction.start_time = Patch<text::Instant>(now() - minutes(30));
  entry(fresh).as(max).when(correction).then_rejected("before-start", "/end_time");
  correction.start_time = Patch<text::Instant>(now() + minutes(30));
  correction.hourly_rate = Patch<events::Decimal>(events::Decimal{-5});
  auto refused = entry(fresh);
  refused.as(max).when(correction).then_rejected("in-the-future", "/start_time");
  EXPECT_EQ(refused.rejection()->errors.size(), 3u);
  time_entry::Correct longer{};
  longer.duration_seconds = Patch<std::int64_t>(3601);
  entry(fresh).as(max).when(longer).then_rejected("out-of-range", "/duration_seconds");
  time_entry::Correct endless{};
  endless.end_time = Patch<text::Instant>::cleared();
  entry(fresh).as(max).when(endless).then_rejected("required", "/end_time");
}

TEST_F(TimeEntries, ACorrectionThatChangesNothingIsNoEvent) {
  entry(fresh).as(max).given(logged(max, first)).when(time_entry::Correct{}).then_nothing();
  time_entry::Correct same{};
  same.end_time = Patch<text::Instant>(now() - hours(1));
  same.is_billable = Patch<bool>(false);
  entry(fresh).as(max).when(same).then_nothing();
}

TEST_F(TimeEntries, ARunningTimersStartAndWordsAreCorrectedItsEndIsNot) {
  entry(fresh).as(max).given(started(max, first));
  time_entry::Correct correction{};
  correction.end_time = Patch<text::Instant>(now());
  entry(fresh).as(max).when(correction).then_rejected("running", "/end_time");
  time_entry::Correct earlier{};
  earlier.start_time = Patch<text::Instant>(now() - hours(1));
  earlier.description = Description("Since breakfast");
  entry(fresh).as(max).when(earlier);
  EXPECT_TRUE(entry(fresh).state().is_running);
  EXPECT_EQ(entry(fresh).state().duration_seconds, 0);
  entry(fresh).as(max).when(time_entry::StopTimer{}).then(happened::TimerStopped{now(), 3600});
}

// ---- removal and repetition --------------------------------------------------------------------------------------

TEST_F(TimeEntries, WhatLiesOnADeletedIssueIsGone) {
  entry(fresh).as(max).given(logged(max, first));
  entry(another).as(max).given(logged(max, first), happened::Removed{});
  issue(first).as(max).given(events::issue::Deleted{});
  entry(fresh).as(max).when(time_entry::Correct{}).then_rejected("not-found");
  entry(fresh).as(max).when(time_entry::Remove{}).then_rejected("not-found");
  entry(another).as(max).when(time_entry::Restore{}).then_rejected("not-found");
}

TEST_F(TimeEntries, ARemovedEntryIsGoneUntilItIsRestored) {
  entry(fresh).as(max).given(logged(max, first)).when(time_entry::Remove{}).then(happened::Removed{});
  entry(fresh).as(max).when(time_entry::Remove{}).then_rejected("not-found");
  entry(fresh).as(max).when(time_entry::Correct{}).then_rejected("not-found");
  entry(fresh).as(max).when(time_entry::StopTimer{}).then_rejected("not-found");
  entry(fresh).as(max).when(time_entry::Restore{}).then(happened::Restored{});
  entry(fresh).as(max).when(time_entry::Restore{}).then_nothing();
}

TEST_F(TimeEntries, SayingTheSameAgainIsARepetitionWhateverWasMadeUpAtFirst) {
  default_rate_is(R"({"default_hourly_rate": 100})");
  const auto admitted = [&](events::UserId user) {
    auto asking = context();
    asking.user = user;
    return *admit(asking, world.state<Workspace>(events::stream_of(acme)), Permission::time_write);
  };
  auto command = timer(first);
  command.is_billable = true;
  auto event = started(max, first);
  event.start_time -= hours(1);
  event.is_billable = true;
  event.hourly_rate = events::Decimal{100'000'000'000};
  event.currency = "USD";
  EXPECT_TRUE(repeats(event, command, admitted(max), world.facts));
  EXPECT_FALSE(repeats(event, command, admitted(ada), world.facts)) << "somebody else's";
  command.issue_id = IssueRef(second);
  EXPECT_FALSE(repeats(event, command, admitted(max), world.facts));

  auto hour = an_hour(first);
  EXPECT_TRUE(repeats(logged(max, first), hour, admitted(max), world.facts));
  hour.duration_seconds = 1800;
  EXPECT_FALSE(repeats(logged(max, first), hour, admitted(max), world.facts));
}

TEST_F(TimeEntries, AnIdThatIsTakenIsRefused) {
  entry(fresh).as(max).given(logged(max, first)).when(an_hour(second)).then_rejected("already-exists", "/id");
}

}  // namespace
}  // namespace daybook::domain::time_entry_test
