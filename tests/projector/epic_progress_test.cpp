// The figures of epics are right whatever happens in between: compared with a plain count over the issues as they stand.
#include "projector/read_models/epic_progress.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/projector/history.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::epic_progress_test {
namespace {

using namespace events;
namespace is = events::issue;

const auto ada = id_of<UserId>(1);
const auto space = id_of<WorkspaceId>(0x100);

// What the figures are made of, kept the plainest way.
struct Plain {
  std::optional<IssueId> epic;
  std::optional<ProjectId> project;
  bool done = false, deleted = false;
};
using Key = std::pair<IssueId, std::optional<ProjectId>>;
using Figures = std::map<Key, std::pair<std::int64_t, std::int64_t>>;

class EpicProgress : public testing::Test {
 protected:
  void open(int number, std::optional<IssueId> epic = {}) {
    is::Opened opened{};
    opened.number = number;
    opened.title = "Issue";
    opened.epic_id = epic;
    history.issue(space, issue(number), opened);
    model[number] = {epic, {}, false, false};
  }
  static IssueId issue(int number) { return id_of<IssueId>(0x1000 + number); }
  static IssueId epic(int number) { return id_of<IssueId>(0x2000 + number); }
  static ProjectId project(int number) { return id_of<ProjectId>(0x3000 + number); }

  // One of everything that moves the figures, and some that do not.
  void anything_happens(std::mt19937& random, int count) {
    const int number = 1 + static_cast<int>(random() % count);
    auto& plain = model.at(number);
    const auto say = [&](const is::Event& event) { history.issue(space, issue(number), event); };
    switch (random() % 6) {
      case 0:
        plain.epic = random() % 4 == 0 ? std::nullopt : std::optional(epic(random() % 3));
        return say(is::EpicChanged{plain.epic});
      case 1:
        plain.project = random() % 3 == 0 ? std::nullopt : std::optional(project(random() % 2));
        return say(is::Moved{plain.project});
      case 2:
        plain.done = random() % 2 == 0;
        return say(is::StatusChanged{plain.done ? is::Status::done : is::Status::cancelled});
      case 3:
        plain.deleted = true;
        return say(is::Deleted{});
      case 4:
        plain.deleted = false;
        return say(is::Restored{});
      default:
        return say(is::Tagged{"x"});
    }
  }
  Figures counted() const {
    Figures figures;
    for (const auto& [number, plain] : model) {
      if (!plain.epic || plain.deleted) continue;
      auto& [total, done] = figures[{*plain.epic, plain.project}];
      ++total;
      done += plain.done ? 1 : 0;
    }
    return figures;
  }
  static void fold(const std::vector<Envelope>& events, rocks::Database& database, std::size_t batch_events_max, Position& position) {
    for (std::size_t from = 0; from < events.size(); from += batch_events_max) {
      auto overlay = database.batch();
      StateStore store(overlay);
      for (std::size_t i = from; i < std::min(events.size(), from + batch_events_max); ++i) {
        auto event = events[i];
        event.position = position = position.next();
        apply(event, store);
      }
      database.commit(overlay);
    }
  }
  static Figures read(rocks::Database& database) {
    Figures figures;
    for (auto at = database.seek(table_prefix(table_of<EpicProgressRow>())); at.valid(); at.next()) {
      EpicProgressRow row{};
      EXPECT_TRUE(from_json(at.value(), row, Reading::lenient));
      EXPECT_EQ(row.workspace_id, space);
      figures[{row.epic_id, row.project_id}] = {row.issues_total, row.issues_done};
    }
    return figures;
  }

  std::map<int, Plain> model;
  History history{ada};
};

TEST_F(EpicProgress, FiguresAreThoseOfAPlainCountHoweverIssuesAreMovedDeletedAndRestored) {
  constexpr int issues = 12;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    auto database = rocks::Database::in_memory();
    std::mt19937 random(seed);
    history = History{ada};
    for (int i = 1; i <= issues; ++i) open(i, i % 2 == 0 ? std::optional(epic(i % 3)) : std::nullopt);
    std::vector<Envelope> all;
    Position position{};
    for (int round = 0; round < 20; ++round) {
      for (int i = 0; i < 10; ++i) anything_happens(random, issues);
      const auto more = history.take();
      all.insert(all.end(), more.begin(), more.end());
      fold(more, database, 7, position);
      ASSERT_EQ(read(database), counted()) << "seed " << seed << ", round " << round;
    }
    // And right after a replay, in one batch.
    auto again = rocks::Database::in_memory();
    Position from_the_first{};
    fold(all, again, all.size(), from_the_first);
    EXPECT_EQ(read(again), counted()) << "seed " << seed;
  }
}

TEST_F(EpicProgress, NothingIsLeftOfAnEpicWithoutIssues) {
  auto database = rocks::Database::in_memory();
  Position position{};
  open(1, epic(1));
  history.issue(space, issue(1), is::StatusChanged{is::Status::done});
  fold(history.take(), database, 10, position);
  EXPECT_EQ(read(database), (Figures{{{epic(1), std::nullopt}, {1, 1}}}));
  history.issue(space, issue(1), is::Deleted{});
  fold(history.take(), database, 10, position);
  EXPECT_EQ(read(database), Figures{});
}

}  // namespace
}  // namespace daybook::projector::test::epic_progress_test
