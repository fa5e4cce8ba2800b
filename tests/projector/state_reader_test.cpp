#include "projector/core/state_reader.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "projector/read_models/activity.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/label_link.hpp"
#include "tests/projector/folding.hpp"

namespace daybook::projector::test::state_reader_test {
namespace {

using namespace events;
namespace is = events::issue;

const auto link = id_of<LabelLinkId>(0x160);

class Reading : public Folding {
 protected:
  // On a disk, where a follower can read it too.
  Reading() { database = rocks::Database::open(folder / "state"); }
  ~Reading() override { database = rocks::Database::in_memory(); }

  daybook::test::TempDir folder;

  void open_issue() {
    is::Opened opened{};
    opened.identifier = "ISSUE-1";
    opened.title = "It rains in";
    history.issue(space, bug, opened);
  }
};

TEST_F(Reading, AViewStaysWhereItWasTaken) {
  const StateReader reader(database);
  open_issue();
  fold();
  const auto before = reader.read();
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  fold();
  EXPECT_EQ(before.position(), Position{1});
  EXPECT_EQ(before.get<IssueRow>(bug.value)->status, is::Status::backlog);
  const auto after = reader.read();
  EXPECT_EQ(after.position(), Position{2});
  EXPECT_EQ(after.get<IssueRow>(bug.value)->status, is::Status::done);
}

TEST_F(Reading, ARowIsThereAsOfEveryPosition) {
  history.issue(space, id_of<IssueId>(0x141), is::Opened{});
  open_issue();
  history.issue(space, bug, is::StatusChanged{is::Status::in_progress});
  fold();
  history.issue(space, id_of<IssueId>(0x141), is::StatusChanged{is::Status::done});
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  fold();
  const StateReader reader(database);
  const auto view = reader.read();
  const auto status = [&](std::int64_t at) { return view.get_as_of<IssueRow>(bug.value, Position{at})->status; };
  EXPECT_FALSE(view.get_as_of<IssueRow>(bug.value, Position{1})) << "before its birth";
  EXPECT_EQ(status(2), is::Status::backlog);
  EXPECT_EQ(status(3), is::Status::in_progress);
  EXPECT_EQ(status(4), is::Status::in_progress) << "another issue's event changes nothing here";
  EXPECT_EQ(status(5), is::Status::done);
  EXPECT_EQ(status(500), is::Status::done);
}

TEST_F(Reading, WhatWasErasedIsThereAsOfEarlierOnly) {
  open_issue();
  history.issue(space, bug, is::LabelAttached{link, id_of<LabelId>(0x120)});
  history.issue(space, bug, is::LabelDetached{link, id_of<LabelId>(0x120)});
  fold();
  const StateReader reader(database);
  const auto view = reader.read();
  EXPECT_FALSE(view.get<IssueLabelRow>(link.value));
  EXPECT_FALSE(view.get_as_of<IssueLabelRow>(link.value, Position{1}));
  EXPECT_TRUE(view.get_as_of<IssueLabelRow>(link.value, Position{2}));
  EXPECT_FALSE(view.get_as_of<IssueLabelRow>(link.value, Position{3}));
}

TEST_F(Reading, ARowThatNeverChangesIsItsOnlyVersion) {
  open_issue();
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  fold();
  const StateReader reader(database);
  const auto view = reader.read();
  const auto newest = view.each<ActivityRow>("by_entity", index_part(bug.value), {1}).rows.at(0);
  EXPECT_EQ(newest.position, Position{2});
  EXPECT_FALSE(view.get_as_of<ActivityRow>(newest.id.value, Position{1}));
  EXPECT_TRUE(view.get_as_of<ActivityRow>(newest.id.value, Position{2}));
}

TEST_F(Reading, AnIndexIsWalkedInPagesFromEitherEnd) {
  open_issue();
  for (int n = 0; n < 6; ++n) history.issue(space, bug, is::StatusChanged{n % 2 ? is::Status::done : is::Status::backlog});
  fold();
  const StateReader reader(database);
  const auto view = reader.read();
  const auto walk = [&](Walk way) {
    std::vector<std::int64_t> positions;
    PageOf asked{3, way};
    do {
      const auto page = view.each<ActivityRow>("by_workspace", index_part(space.value), asked);
      EXPECT_LE(page.rows.size(), 3u);
      for (const auto& row : page.rows) positions.push_back(row.position.value);
      asked.after = page.next;
    } while (!asked.after.empty());
    return positions;
  };
  EXPECT_EQ(walk(Walk::newest_first), (std::vector<std::int64_t>{7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(walk(Walk::oldest_first), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_TRUE(view.each<ActivityRow>("by_workspace", index_part(id_of<WorkspaceId>(9).value), {}).rows.empty());
}

TEST_F(Reading, AFollowerIsReadyOnceTheWritersFolderIsThere) {
  StateReader early(folder / "elsewhere", folder / "early");
  EXPECT_FALSE(early.catch_up());
  EXPECT_FALSE(early.ready());
  EXPECT_THROW(early.read(), NotReady);
  StateReader follower(folder / "state", folder / "follower");
  EXPECT_TRUE(follower.catch_up());
  EXPECT_TRUE(follower.ready());
  EXPECT_EQ(follower.read().position(), Position{});
}

TEST_F(Reading, AFollowerSeesWhatTheWriterWroteOnceItCatchesUp) {
  StateReader follower(folder / "state", folder / "follower");
  ASSERT_TRUE(follower.catch_up());
  open_issue();
  fold();
  EXPECT_FALSE(follower.read().get<IssueRow>(bug.value));
  ASSERT_TRUE(follower.catch_up());
  const auto view = follower.read();
  EXPECT_EQ(view.position(), Position{1});
  EXPECT_EQ(view.get<IssueRow>(bug.value)->title, "It rains in");
  EXPECT_TRUE(view.get_as_of<IssueRow>(bug.value, Position{1}));
}

TEST_F(Reading, AFollowerStandsStillWhileSomebodyReads) {
  open_issue();
  fold();
  StateReader follower(folder / "state", folder / "follower");
  ASSERT_TRUE(follower.catch_up());
  std::future<bool> moved;
  {
    const auto view = follower.read();
    history.issue(space, bug, is::StatusChanged{is::Status::done});
    fold();
    moved = std::async(std::launch::async, [&] { return follower.catch_up(); });
    EXPECT_EQ(view.get<IssueRow>(bug.value)->status, is::Status::backlog);
    EXPECT_EQ(view.position(), Position{1});
  }
  ASSERT_TRUE(moved.get());
  EXPECT_EQ(follower.read().get<IssueRow>(bug.value)->status, is::Status::done);
}

TEST_F(Reading, AFollowerGetsItsTurnHoweverManyRead) {
  open_issue();
  fold();
  StateReader follower(folder / "state", folder / "follower");
  ASSERT_TRUE(follower.catch_up());
  std::atomic<bool> enough{false};
  std::vector<std::future<void>> readers;
  for (int n = 0; n < 4; ++n)
    readers.push_back(std::async(std::launch::async, [&] {
      while (!enough) EXPECT_TRUE(follower.read().get<IssueRow>(bug.value));
    }));
  for (int n = 0; n < 20; ++n) {
    history.issue(space, bug, is::StatusChanged{n % 2 ? is::Status::done : is::Status::backlog});
    fold();
    EXPECT_TRUE(follower.catch_up());
    EXPECT_EQ(follower.read().position(), position);
  }
  enough = true;
  for (auto& reader : readers) reader.get();
}

TEST_F(Reading, AFollowerGoesOverToTheDatabaseThatIsBuiltAnewInItsPlace) {
  open_issue();
  fold();
  StateReader follower(folder / "state", folder / "follower");
  ASSERT_TRUE(follower.catch_up());
  // When the writer's folder is deleted, there is nothing to read
  database = rocks::Database::open(folder / "aside");
  std::filesystem::remove_all(folder / "state");
  EXPECT_FALSE(follower.catch_up());
  EXPECT_FALSE(follower.ready());
  // And when another one stands there, it is followed
  database = rocks::Database::open(folder / "state");
  history.issue(space, id_of<IssueId>(0x141), is::Opened{});
  fold();
  ASSERT_TRUE(follower.catch_up());
  EXPECT_EQ(follower.read().position(), Position{2});
  EXPECT_FALSE(follower.read().get<IssueRow>(bug.value)) << "it was in the old one";
}

TEST_F(Reading, AFollowerReadsWholeBatchesWhileTheWriterWrites) {
  open_issue();
  fold();
  StateReader follower(folder / "state", folder / "follower");
  ASSERT_TRUE(follower.catch_up());
  std::atomic<bool> written{false};
  auto reading = std::async(std::launch::async, [&] {
    for (bool last = false; !last;) {
      last = written;
      EXPECT_TRUE(follower.catch_up());
      const auto view = follower.read();
      EXPECT_EQ(view.get<IssueRow>(bug.value)->changed, view.position()) << "row and checkpoint are of one batch";
    }
    return follower.read().position();
  });
  for (int n = 0; n < 200; ++n) {
    history.issue(space, bug, is::StatusChanged{n % 2 ? is::Status::done : is::Status::backlog});
    fold();
  }
  written = true;
  EXPECT_EQ(reading.get(), position);
}

}  // namespace
}  // namespace daybook::projector::test::state_reader_test
