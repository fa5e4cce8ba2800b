// Minutes of issues and hours of projects come of time entries alone, whatever happened in which order.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "projector/read_models/time_entry.hpp"
#include "projector/read_models/worked_time.hpp"
#include "tests/projector/folded_models.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::worked_time_test {
namespace {

using namespace events;
namespace te = events::time_entry;

const auto ada = id_of<UserId>(1);
const auto space = id_of<WorkspaceId>(0x100);
const auto bug = id_of<IssueId>(0x140), other = id_of<IssueId>(0x141);
const auto noon = *text::parse_instant("2026-03-01T12:00:00Z");

class Models : public FoldedModels {
 public:
  std::string all() const { return rows_of({&table_of<IssueRow>(), &table_of<ProjectRow>(), &table_of<TimeEntryRow>(), &table_of<WorkedTimeRow>()}); }
};

void open_project(History& history, ProjectId id) {
  project::Created created{};
  created.key = "P" + id.text().substr(34);
  created.name = "Project";
  history.project(space, id, created);
}
void open_issue(History& history, IssueId id, std::optional<ProjectId> project) {
  issue::Opened opened{};
  opened.identifier = "ISSUE-" + id.text().substr(34);
  opened.title = "Work";
  opened.project_id = project;
  history.issue(space, id, opened);
}
void entry(History& history, TimeEntryId id, const te::Event& event) { history.time_entry(space, id, event); }
te::Logged logged(IssueId on, std::int64_t seconds) {
  te::Logged event{};
  event.issue_id = on;
  event.user_id = ada;
  event.start_time = noon;
  event.end_time = noon + std::chrono::seconds(seconds);
  event.duration_seconds = seconds;
  return event;
}
te::Corrected corrected(std::int64_t seconds) {
  return {noon, noon + std::chrono::seconds(seconds), seconds, std::nullopt, false, std::nullopt, std::nullopt};
}

class WorkedTime : public testing::Test {
 protected:
  void SetUp() override {
    open_project(history, apollo);
    open_project(history, gemini);
    open_issue(history, bug, apollo);
    open_issue(history, other, {});
  }
  void fold() { models.fold(history.take()); }
  std::int64_t minutes(IssueId id) { return models.row<IssueRow>(id).actual_minutes; }
  std::string hours(ProjectId id) { return models.row<ProjectRow>(id).actual_hours.text(); }

  History history{ada};
  Models models;
};

const auto first = id_of<TimeEntryId>(0x200), second = id_of<TimeEntryId>(0x201);

TEST_F(WorkedTime, MinutesAreWholeOnesOfTheSumAndNotSumsOfWholeOnes) {
  entry(history, first, logged(bug, 59));
  fold();
  EXPECT_EQ(minutes(bug), 0);
  entry(history, second, logged(bug, 61));
  fold();
  EXPECT_EQ(minutes(bug), 2);
  EXPECT_EQ(hours(apollo), "0.03");
}

TEST_F(WorkedTime, ARunningTimerCountsNothingUntilItIsStopped) {
  te::TimerStarted started{};
  started.issue_id = bug;
  started.user_id = ada;
  started.start_time = noon;
  entry(history, first, started);
  fold();
  EXPECT_EQ(minutes(bug), 0);
  entry(history, first, te::TimerStopped{noon + std::chrono::hours(2), 7200});
  fold();
  EXPECT_EQ(minutes(bug), 120);
  EXPECT_EQ(hours(apollo), "2");
}

TEST_F(WorkedTime, CorrectingRemovingAndRestoringAnEntryChangesTheFigures) {
  entry(history, first, logged(bug, 3600));
  entry(history, first, corrected(5400));
  fold();
  EXPECT_EQ(minutes(bug), 90);
  EXPECT_EQ(hours(apollo), "1.5");
  entry(history, first, te::Removed{});
  fold();
  EXPECT_EQ(minutes(bug), 0);
  EXPECT_EQ(hours(apollo), "0");
  entry(history, first, te::Restored{});
  fold();
  EXPECT_EQ(minutes(bug), 90);
  EXPECT_EQ(hours(apollo), "1.5");
}

TEST_F(WorkedTime, AnIssueThatMovesTakesItsTimeAlong) {
  entry(history, first, logged(bug, 3600));
  history.issue(space, bug, issue::Moved{gemini});
  fold();
  EXPECT_EQ(hours(apollo), "0");
  EXPECT_EQ(hours(gemini), "1");
  history.issue(space, bug, issue::Moved{});
  fold();
  EXPECT_EQ(hours(gemini), "0");
  EXPECT_EQ(minutes(bug), 60);
}

TEST_F(WorkedTime, ADeletedIssueCountsInNoProjectAndKeepsItsMinutes) {
  entry(history, first, logged(bug, 3600));
  history.issue(space, bug, issue::Deleted{});
  fold();
  EXPECT_EQ(hours(apollo), "0");
  EXPECT_EQ(minutes(bug), 60);
  history.issue(space, bug, issue::Restored{});
  fold();
  EXPECT_EQ(hours(apollo), "1");
}

TEST_F(WorkedTime, AFigureChangesWhenItWasChangedAndNotTheVersion) {
  fold();
  const auto before = models.row<IssueRow>(bug);
  entry(history, first, logged(bug, 3600));
  fold();
  const auto after = models.row<IssueRow>(bug);
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.updated_at, before.updated_at);
  EXPECT_EQ(after.changed, models.position);
  entry(history, second, logged(bug, 1));
  fold();
  EXPECT_EQ(models.row<IssueRow>(bug).changed, after.changed) << "nothing that is shown has changed";
  EXPECT_EQ(models.row<ProjectRow>(apollo).changed, after.changed);
}

TEST_F(WorkedTime, WhatAnIssuesOwnEventsSayLeavesItsFigureAlone) {
  entry(history, first, logged(bug, 3600));
  history.issue(space, bug, issue::StatusChanged{issue::Status::done});
  history.project(space, apollo, project::Archived{});
  fold();
  EXPECT_EQ(minutes(bug), 60);
  EXPECT_EQ(hours(apollo), "1");
}

// ---- any history -------------------------------------------------------------------------------------------------

// Entries, issues and projects to which anything that may happen happens, and what must come of it, counted plainly.
class Anything {
 public:
  explicit Anything(unsigned seed) : random_(seed) {
    for (int n = 0; n < projects; ++n) open_project(history_, project_id(n));
    for (int n = 0; n < issues; ++n) open_issue(history_, issue_id(n), draw_project(n));
  }

  std::vector<Envelope> run(int steps) {
    for (int i = 0; i < steps; ++i) step();
    return history_.take();
  }
  void compare(Models& models) {
    std::map<std::optional<ProjectId>, std::int64_t> of_project;
    for (int n = 0; n < issues; ++n) {
      std::int64_t seconds = 0;
      for (const auto& entry : entries_)
        if (entry.issue == n && !entry.removed) seconds += entry.seconds;
      EXPECT_EQ(models.row<IssueRow>(issue_id(n)).actual_minutes, seconds / 60) << "issue " << n;
      if (!issues_[n].deleted) of_project[issues_[n].project] += seconds;
    }
    for (int n = 0; n < projects; ++n)
      EXPECT_EQ(models.row<ProjectRow>(project_id(n)).actual_hours, quotient(of_project[project_id(n)], 3600, 2)) << "project " << n;
  }
  unsigned draw(unsigned below) { return static_cast<unsigned>(random_() % below); }

 private:
  static constexpr int projects = 3, issues = 6;
  struct Issue {
    std::optional<ProjectId> project;
    bool deleted = false;
  };
  struct Entry {
    TimeEntryId id{};
    int issue = 0;
    std::int64_t seconds = 0;
    bool removed = false, running = false;
  };

  static ProjectId project_id(int n) { return id_of<ProjectId>(0x300 + n); }
  static IssueId issue_id(int n) { return id_of<IssueId>(0x400 + n); }
  std::optional<ProjectId> draw_project(int issue) {
    const auto n = static_cast<int>(draw(projects + 1));
    return issues_[issue].project = n < projects ? std::optional(project_id(n)) : std::nullopt;
  }

  void step() {
    const auto what = draw(10);
    if (what < 3 || entries_.empty()) return begin();
    if (what < 7) return change(entries_[draw(static_cast<unsigned>(entries_.size()))]);
    const auto n = static_cast<int>(draw(issues));
    if (issues_[n].deleted || what == 7) return end_or_revive(n);
    history_.issue(space, issue_id(n), issue::Moved{draw_project(n)});
  }
  void begin() {
    Entry made{id_of<TimeEntryId>(0x1000 + static_cast<int>(entries_.size())), static_cast<int>(draw(issues))};
    if (draw(3) == 0) {
      te::TimerStarted started{};
      started.issue_id = issue_id(made.issue);
      started.start_time = noon;
      entry(history_, made.id, started);
      made.running = true;
    } else {
      made.seconds = draw(20'000);
      entry(history_, made.id, logged(issue_id(made.issue), made.seconds));
    }
    entries_.push_back(made);
  }
  void change(Entry& e) {
    if (e.removed) {
      entry(history_, e.id, te::Restored{});
      e.removed = false;
    } else if (e.running) {
      e.seconds = draw(20'000);
      e.running = false;
      entry(history_, e.id, te::TimerStopped{noon + std::chrono::seconds(e.seconds), e.seconds});
    } else if (draw(2) == 0) {
      entry(history_, e.id, te::Removed{});
      e.removed = true;
    } else {
      e.seconds = draw(20'000);
      entry(history_, e.id, corrected(e.seconds));
    }
  }
  void end_or_revive(int n) {
    if (issues_[n].deleted) history_.issue(space, issue_id(n), issue::Restored{});
    else history_.issue(space, issue_id(n), issue::Deleted{});
    issues_[n].deleted = !issues_[n].deleted;
  }

  std::mt19937 random_;
  History history_{ada};
  std::map<int, Issue> issues_ = make_issues();
  std::vector<Entry> entries_;

  static std::map<int, Issue> make_issues() {
    std::map<int, Issue> all;
    for (int n = 0; n < issues; ++n) all[n];
    return all;
  }
};

// Another order in which the same could have happened: each stream's events in theirs, projects and issues born first.
std::vector<Envelope> shuffled(const std::vector<Envelope>& events, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Envelope> out;
  std::map<StreamId, std::vector<Envelope>> streams;
  for (const auto& event : events) {
    if (event.type == "project.created" || event.type == "issue.opened") out.push_back(event);
    else streams[event.stream_id].push_back(event);
  }
  std::vector<StreamId> turns;
  for (const auto& [id, of_stream] : streams) turns.insert(turns.end(), of_stream.size(), id);
  std::shuffle(turns.begin(), turns.end(), random);
  std::map<StreamId, std::size_t> next;
  for (const auto id : turns) out.push_back(streams[id][next[id]++]);
  return out;
}

class AnyHistory : public testing::TestWithParam<unsigned> {};

TEST_P(AnyHistory, FiguresAreThoseOfAPlainCountInAnyBatchesAndAnyOrder) {
  Anything anything(GetParam());
  Models grown;
  std::vector<Envelope> whole;
  for (int batch = 0; batch < 12; ++batch) {
    const auto events = anything.run(static_cast<int>(anything.draw(20)));
    whole.insert(whole.end(), events.begin(), events.end());
    grown.fold(events);
    if (batch > 0) anything.compare(grown);
  }
  anything.compare(grown);

  Models replayed;
  replayed.fold(whole);
  EXPECT_EQ(replayed.all(), grown.all()) << "a replay gives the same rows";

  Models otherwise;
  otherwise.fold(shuffled(whole, GetParam()));
  anything.compare(otherwise);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyHistory, testing::Range(1u, 17u));

}  // namespace
}  // namespace daybook::projector::test::worked_time_test
