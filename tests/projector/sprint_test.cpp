// Sprints in the read models: what is in them, what they achieved, and where the rest goes.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "projector/read_models/sprint.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::sprint_test {
namespace {

using namespace events;
namespace sp = events::sprint;

const auto ada = id_of<UserId>(1);
const auto space = id_of<WorkspaceId>(0x100);
const auto apollo = id_of<ProjectId>(0x130);
const auto one = id_of<SprintId>(0x200), two = id_of<SprintId>(0x201);

class SprintRows : public testing::Test {
 protected:
  void SetUp() override {
    project::Created created{};
    created.key = "AP";
    created.name = "Apollo";
    history.project(space, apollo, created);
    plan(one);
    plan(two);
  }
  void plan(SprintId id) {
    sp::Planned planned{};
    planned.project_id = apollo;
    planned.name = "Fortnight";
    history.sprint(space, id, planned);
  }
  IssueId open(int n, std::optional<SprintId> in, std::int64_t points) {
    const auto id = id_of<IssueId>(0x300 + n);
    issue::Opened opened{};
    opened.identifier = "ISSUE-" + std::to_string(n);
    opened.title = "Work";
    opened.project_id = apollo;
    opened.sprint_id = in;
    opened.story_points = points;
    history.issue(space, id, opened);
    return id;
  }
  void set(IssueId id, issue::Status status) { history.issue(space, id, issue::StatusChanged{status}); }
  void fold(const Changes* before = nullptr) {
    auto overlay = database.batch();
    StateStore store(overlay, before);
    for (auto event : history.take()) {
      event.position = position = position.next();
      apply(event, store);
    }
    database.commit(overlay);
  }
  template <class Row, class IdType>
  Row row(IdType id) {
    auto overlay = database.batch();
    return StateStore(overlay).get<Row>(id.value).value();
  }
  std::vector<SprintDayRow> days(SprintId sprint) {
    std::vector<SprintDayRow> all;
    for (auto at = database.seek(table_prefix(table_of<SprintDayRow>())); at.valid(); at.next()) {
      SprintDayRow day{};
      read_row(table_of<SprintDayRow>(), at.value(), &day);
      if (day.sprint_id == sprint) all.push_back(day);
    }
    return all;
  }

  rocks::Database database = rocks::Database::in_memory();
  Position position{};
  History history{ada};
};

TEST_F(SprintRows, ASprintCountsTheIssuesInIt) {
  const auto a = open(1, one, 3), b = open(2, one, 5);
  set(a, issue::Status::done);
  fold();
  EXPECT_EQ(row<SprintRow>(one).issue_count, 2);
  EXPECT_EQ(row<SprintRow>(one).points, 8);
  EXPECT_EQ(row<SprintRow>(one).done_points, 3);
  history.issue(space, b, issue::Deleted{});
  history.issue(space, a, issue::Estimated{8, {}, {}, {}});
  fold();
  EXPECT_EQ(row<SprintRow>(one).issue_count, 1);
  EXPECT_EQ(row<SprintRow>(one).done_points, 8);
  history.issue(space, a, issue::Moved{});
  history.issue(space, b, issue::Restored{});
  fold();
  EXPECT_EQ(row<SprintRow>(one).points, 5);
  EXPECT_EQ(row<SprintRow>(one).done_points, 0);
}

TEST_F(SprintRows, TheVelocityIsFixedBeforeTheUnfinishedLeave) {
  const auto a = open(1, one, 3), b = open(2, one, 5), c = open(3, one, 2), gone = open(4, one, 13);
  set(a, issue::Status::done);
  set(c, issue::Status::cancelled);
  set(gone, issue::Status::done);
  history.issue(space, gone, issue::Deleted{});
  history.sprint(space, one, sp::Started{});
  history.sprint(space, one, sp::Completed{two, 5});
  fold();
  EXPECT_EQ(row<SprintRow>(one).velocity, 3);
  EXPECT_EQ(row<SprintRow>(one).points, 5);
  EXPECT_EQ(row<SprintRow>(two).points, 5);
  EXPECT_EQ(row<IssueRow>(a).sprint_id, one);
  EXPECT_EQ(row<IssueRow>(b).sprint_id, two);
  EXPECT_EQ(row<IssueRow>(c).sprint_id, one);

  set(a, issue::Status::todo);
  history.issue(space, a, issue::SprintChanged{std::nullopt, std::nullopt});
  history.issue(space, b, issue::SprintChanged{two, true});
  set(b, issue::Status::done);
  fold();
  EXPECT_EQ(row<SprintRow>(one).velocity, 3) << "it is fixed";
  EXPECT_EQ(row<SprintRow>(two).done_points, 5);
}

TEST_F(SprintRows, WhatIsUnfinishedIsFoundInWhateverBatchItCame) {
  const auto early = open(1, one, 1), middle = open(2, one, 2);
  fold();
  // The batch before is on its way, and its index entries cannot be read yet.
  history.issue(space, early, issue::SprintChanged{std::nullopt, std::nullopt});
  const auto late = open(3, one, 4);
  auto overlay = database.batch();
  StateStore before(overlay);
  for (auto event : history.take()) {
    event.position = position = position.next();
    apply(event, before);
  }
  const auto last = open(4, one, 8);
  history.sprint(space, one, sp::Started{});
  history.sprint(space, one, sp::Completed{two, 14});
  auto next = database.batch();
  StateStore after(next, &before.changes());
  for (auto event : history.take()) {
    event.position = position = position.next();
    apply(event, after);
  }
  database.commit(overlay);
  database.commit(next);
  EXPECT_FALSE(row<IssueRow>(early).sprint_id);
  for (const auto id : {middle, late, last}) EXPECT_EQ(row<IssueRow>(id).sprint_id, two);
  EXPECT_EQ(row<SprintRow>(two).points, 14);
}

TEST_F(SprintRows, ACancelledSprintHasNoVelocityAndLeavesItsIssuesToTheBacklog) {
  const auto a = open(1, one, 3);
  history.sprint(space, one, sp::Started{});
  history.sprint(space, one, sp::Cancelled{});
  fold();
  EXPECT_FALSE(row<SprintRow>(one).velocity);
  EXPECT_FALSE(row<IssueRow>(a).sprint_id);
}

TEST_F(SprintRows, EachDayOnWhichSomethingChangedIsKeptAsItEnded) {
  const auto a = open(1, one, 3);
  open(2, one, 5);
  set(a, issue::Status::done);
  fold();
  const auto all = days(one);
  ASSERT_EQ(all.size(), 1u) << "all of it happened on one day";
  EXPECT_EQ(all.front().points, 8);
  EXPECT_EQ(all.front().remaining_points, 5);
}

// Whatever happens to issues and sprints, the figures of each sprint are those of a plain count over its issues.
class AnySprints : public SprintRows, public testing::WithParamInterface<unsigned> {};

TEST_P(AnySprints, FiguresAreThoseOfAPlainCount) {
  std::mt19937 random(GetParam());
  const auto draw = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
  struct Issue {
    IssueId id;
    std::optional<SprintId> sprint;
    std::int64_t points;
    issue::Status status = issue::Status::backlog;
    bool deleted = false;
  };
  std::vector<SprintId> sprints{one, two};
  std::size_t active = 0;
  history.sprint(space, one, sp::Started{});
  std::vector<Issue> issues;
  std::map<SprintId, std::int64_t> velocity;
  const auto any_open = [&]() -> std::optional<SprintId> {
    const auto n = active + draw(static_cast<unsigned>(sprints.size() - active) + 1);
    return n < sprints.size() ? std::optional(sprints[n]) : std::nullopt;
  };
  const auto finish = [&] {
    const auto from = sprints[active], to = sprints[active + 1];
    std::int64_t done = 0, carried = 0;
    for (auto& i : issues) {
      if (i.sprint != from) continue;
      if (!i.deleted && i.status == issue::Status::done) done += i.points;
      if (issue::is_finished(i.status)) continue;
      if (!i.deleted) carried += i.points;
      i.sprint = to;
    }
    velocity[from] = done;
    history.sprint(space, from, sp::Completed{to, carried});
    history.sprint(space, to, sp::Started{});
    plan(sprints.emplace_back(id_of<SprintId>(0x200 + static_cast<int>(sprints.size()))));
    ++active;
  };
  for (int step = 0; step < 200; ++step) {
    if (issues.empty() || draw(6) == 0) {
      const auto in = any_open();
      const auto points = static_cast<std::int64_t>(draw(13));
      issues.push_back({open(static_cast<int>(issues.size()), in, points), in, points});
    } else if (draw(25) == 0) {
      finish();
    } else {
      auto& i = issues[draw(static_cast<unsigned>(issues.size()))];
      switch (draw(4)) {
        case 0:
          if (issue::is_finished(i.status)) break;  // it may lie in a sprint that has ended
          i.sprint = any_open();
          history.issue(space, i.id, issue::SprintChanged{i.sprint, std::nullopt});
          break;
        case 1:
          i.points = draw(13);
          history.issue(space, i.id, issue::Estimated{i.points, {}, {}, {}});
          break;
        case 2:
          if (issue::is_finished(i.status)) break;
          i.status = draw(2) == 0 ? issue::Status::done : issue::Status::in_progress;
          set(i.id, i.status);
          break;
        default:
          if (i.deleted) history.issue(space, i.id, issue::Restored{});
          else history.issue(space, i.id, issue::Deleted{});
          i.deleted = !i.deleted;
      }
    }
    if (draw(10) == 0) fold();
  }
  fold();
  for (const auto id : sprints) {
    std::int64_t count = 0, points = 0, done = 0;
    for (const auto& i : issues) {
      if (i.sprint != id || i.deleted) continue;
      ++count;
      points += i.points;
      if (i.status == issue::Status::done) done += i.points;
    }
    const auto found = row<SprintRow>(id);
    EXPECT_EQ(found.issue_count, count);
    EXPECT_EQ(found.points, points);
    EXPECT_EQ(found.done_points, done);
    EXPECT_EQ(found.velocity.has_value(), velocity.count(id) == 1);
    if (found.velocity) { EXPECT_EQ(*found.velocity, velocity[id]); }
  }
  for (const auto& i : issues) EXPECT_EQ(row<IssueRow>(i.id).sprint_id, i.sprint);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnySprints, testing::Range(1u, 13u));

}  // namespace
}  // namespace daybook::projector::test::sprint_test
