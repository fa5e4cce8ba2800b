// Events that cannot be applied: their scope is held, in both stores, until it is re-driven.
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "projector/core/read_table.hpp"
#include "projector/read_models/activity.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/workspace.hpp"
#include "tests/projector/projector_fixture.hpp"

namespace daybook::projector::test::parking_test {
namespace {

const auto first_space = id_of<events::WorkspaceId>(0x10000), second_space = id_of<events::WorkspaceId>(0x20000);

class ParkingTest : public ProjectorTest {
 protected:
  // Both workspaces of the busy history and its users in turn, so that batches and their scopes interleave.
  ParkingTest() {
    auto events = reader()->read(Position{0}, batch_events_max, batch_bytes_max);
    std::map<text::Uuid, std::vector<events::Envelope>> scopes;
    for (auto& event : events) scopes[scope_of(event)].push_back(std::move(event));
    std::vector<events::Envelope> mixed;
    for (std::size_t i = 0; mixed.size() < events.size(); ++i)
      for (auto& [scope, own] : scopes)
        if (i < own.size()) mixed.push_back(std::move(own[i]));
    log = std::make_shared<daybook::log::MemoryLog>(identity);
    append(std::move(mixed));
  }

  // A program with a defect: it cannot apply the events at these positions, of which it has done half by then.
  Options broken_at(const std::string& folder_name, std::set<Position> positions) {
    auto options = this->options(folder_name);
    options.apply = [positions = std::move(positions)](const events::Envelope& event, StateStore& store) {
      apply(event, store);
      if (positions.contains(event.position)) throw std::logic_error("a sum went below nothing");
    };
    options.on_parked = [this](const ParkedRow& row) { told.push_back(row); };
    return options;
  }
  std::unique_ptr<Projector> projected(const Options& options) {
    auto made = projector(options);
    made->project_to(head(), [](Position) {});
    return made;
  }
  // The nth event of a scope.
  events::Envelope nth(text::Uuid scope, int n) {
    for (const auto& event : reader()->read(Position{0}, batch_events_max, batch_bytes_max))
      if (scope_of(event) == scope && n-- == 0) return event;
    throw std::logic_error("the scope has fewer events");
  }
  std::vector<ParkedRow> parked_in_tables() {
    pg::Connection connection(url);
    return parked_in(connection, current_generation);
  }
  // What a projector without a defect makes of the log, in a database of its own.
  std::string fresh_digest() {
    auto options = this->options("fresh-" + std::to_string(++fresh_));
    options.database_url = daybook::test::PostgresServer::shared().fresh_database();
    fresh_url = options.database_url;
    return projected(options)->digest().value();
  }
  void expect_as_if_fresh(const Projector& made) {
    EXPECT_TRUE(made.parked().empty());
    EXPECT_EQ(made.digest(), fresh_digest());
    EXPECT_EQ(tables_of(url), tables_of(fresh_url));
  }

  std::vector<ParkedRow> told;
  std::string fresh_url;
  int fresh_ = 0;
};

TEST_F(ParkingTest, AnEventThatCannotBeAppliedParksItsScopeAloneAndNothingHalfDoneIsLeftOfIt) {
  const auto broken = nth(second_space.value, 100);
  const auto made = projected(broken_at("a", {broken.position}));
  EXPECT_EQ(made->position(), head());
  const ParkedRow row{events::EntityId{second_space.value}, ScopeType::workspace, broken.position, broken.type,
                      "a sum went below nothing", broken.recorded_at};
  EXPECT_EQ(made->parked(), std::vector{row});
  EXPECT_EQ(parked_in_tables(), std::vector{row});
  EXPECT_EQ(told, std::vector{row});
  EXPECT_EQ(made->stats().parked_scopes, 1u);
  EXPECT_EQ(count("SELECT max(position) FROM read_g7.activity WHERE workspace_id = '" + second_space.text() + "'"),
            nth(second_space.value, 99).position.value)
      << "held from the event on";
  fresh_digest();
  const auto rows = "SELECT count(*) FROM read_g7.activity WHERE workspace_id = '" + first_space.text() + "'";
  EXPECT_EQ(count(rows), pg::Connection(fresh_url).exec(rows).int64(0, 0)) << "the other workspace goes on";
}

TEST_F(ParkingTest, ThereIsNoDigestWhileAScopeIsParked) {
  EXPECT_EQ(projected(broken_at("a", {nth(second_space.value, 3).position}))->digest(), std::nullopt);
}

TEST_F(ParkingTest, AParkedScopeIsHeldOverARestartAndReDrivenAfterTheDefectWasMended) {
  const auto position = nth(second_space.value, 50).position;
  projected(broken_at("a", {position}));
  grow();
  {
    const auto mended = projected(options("a"));
    ASSERT_EQ(mended->parked().size(), 1u) << "nothing but a re-drive lets it go on";
    EXPECT_EQ(mended->parked().front().position, position);
    EXPECT_EQ(mended->position(), head());
    mended->redrive(std::nullopt);
    EXPECT_EQ(mended->stats().parked_scopes, 0u);
    expect_as_if_fresh(*mended);
  }
  grow();
  expect_as_if_fresh(*projected(options("a")));
}

TEST_F(ParkingTest, ManyScopesAreParkedInOneBatchAndReDrivenOneByOne) {
  const auto somebody = id_of<events::UserId>(2);
  const std::set<Position> broken{nth(first_space.value, 0).position, nth(second_space.value, 70).position, nth(somebody.value, 1).position};
  EXPECT_EQ(projected(broken_at("a", broken))->parked().size(), 3u);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.workspaces WHERE id = '" + first_space.text() + "'"), 0);
  const auto mended = projected(options("a"));
  mended->redrive(first_space.value);
  EXPECT_EQ(mended->parked().size(), 2u);
  mended->redrive(somebody.value);
  mended->redrive(second_space.value);
  expect_as_if_fresh(*mended);
}

TEST_F(ParkingTest, WhatIsShownOfAPersonWaitsForTheirScope) {
  const auto somebody = id_of<events::UserId>(2);
  projected(broken_at("a", {nth(somebody.value, 0).position}));
  const auto person = "SELECT count(*) FROM read_g7.people WHERE user_id = '" + somebody.text() + "'";
  EXPECT_EQ(count(person), 0);
  const auto mended = projected(options("a"));
  mended->redrive(std::nullopt);
  EXPECT_EQ(count(person), 1);
}

TEST_F(ParkingTest, AReDriveThatFailsAgainGoesAsFarAsItCan) {
  const auto first = nth(second_space.value, 20), second = nth(second_space.value, 90);
  projected(broken_at("a", {first.position}));
  {
    const auto half_mended = projected(broken_at("a", {second.position}));
    half_mended->redrive(std::nullopt);
    ASSERT_EQ(half_mended->parked().size(), 1u);
    EXPECT_EQ(half_mended->parked().front().position, second.position);
    EXPECT_EQ(parked_in_tables(), half_mended->parked());
    EXPECT_EQ(count("SELECT max(position) FROM read_g7.activity WHERE workspace_id = '" + second_space.text() + "'"), nth(second_space.value, 89).position.value);
  }
  const auto mended = projected(options("a"));
  mended->redrive(std::nullopt);
  expect_as_if_fresh(*mended);
}

// Crashes between the two stores' commits: an older copy of the state store meets newer read tables.
TEST_F(ParkingTest, AStateStoreThatMissedTheReDriveCatchesUpAlone) {
  projected(broken_at("a", {nth(second_space.value, 50).position}));
  std::filesystem::copy(folder / "a", folder / "older", std::filesystem::copy_options::recursive);
  projected(options("a"))->redrive(std::nullopt);
  expect_as_if_fresh(*projected(options("older")));
}

TEST_F(ParkingTest, AStateStoreThatMissedTheParkingHoldsWhatTheReadTablesHold) {
  const auto whole = reader()->read(Position{0}, batch_events_max, batch_bytes_max);
  log = std::make_shared<daybook::log::MemoryLog>(identity);
  append({whole.begin(), whole.begin() + 60});
  projected(options("a"));
  std::filesystem::copy(folder / "a", folder / "older", std::filesystem::copy_options::recursive);
  append({whole.begin() + 60, whole.end()});
  projected(broken_at("a", {nth(second_space.value, 100).position}));
  // The program that meets the older copy has no defect, and still must not be ahead of the read tables.
  const auto mended = projected(options("older"));
  EXPECT_EQ(mended->parked(), parked_in_tables());
  EXPECT_EQ(mended->parked().size(), 1u);
  mended->redrive(std::nullopt);
  expect_as_if_fresh(*mended);
}

TEST_F(ParkingTest, ADefectMetByTheStateStoreAloneIsParkedInTheReadTablesToo) {
  projected(options("a"));
  const auto made = projected(broken_at("b", {nth(second_space.value, 50).position}));
  EXPECT_EQ(parked_in_tables(), made->parked());
  EXPECT_EQ(made->parked().size(), 1u);
}

TEST_F(ParkingTest, ReDrivingOverRowsThatTheReadTablesHaveAlreadyChangesNothing) {
  projected(options("a"));
  projected(broken_at("b", {nth(second_space.value, 50).position}));
  const auto mended = projected(options("b"));
  mended->redrive(std::nullopt);
  expect_as_if_fresh(*mended);
}

TEST_F(ParkingTest, ABrokenStoreIsNoDefectOfAnEvent) {
  auto failures = std::make_shared<std::atomic<int>>(0);
  auto options = this->options("a");
  options.apply = [failures](const events::Envelope& event, StateStore& store) {
    if (event.position.value == 30 && ++*failures < 2) throw rocks::Error("the disk is away");
    apply(event, store);
  };
  const auto made = projector(options);
  std::stop_source stopping;
  std::thread runs([&] { made->run(stopping.get_token()); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  stopping.request_stop();
  runs.join();
  EXPECT_EQ(made->stats().retries, 1u);
  expect_as_if_fresh(*made);
}

TEST_F(ParkingTest, AnEventOfAnUnknownTypeStopsTheProjector) {
  History more(id_of<events::UserId>(1));
  events::workspace::Created created{};
  more.workspace(id_of<events::WorkspaceId>(0x300000), created);
  auto events = more.take();
  events.front().event_id = id_of<events::EventId>(0xF00000);
  events.front().type = "workspace.painted";
  append(std::move(events));
  EXPECT_THROW(projector("a")->run(std::stop_token()), Stopped);
  EXPECT_THROW(projected(options("b")), Stopped);
}

TEST_F(ParkingTest, AReasonIsCutBetweenCharacters) {
  events::Envelope event{};
  event.stream_id = id_of<events::StreamId>(5);
  EXPECT_EQ(parked_at(event, std::string(parked_reason_bytes_max - 1, 'a') + "é").reason, std::string(parked_reason_bytes_max - 1, 'a'));
  EXPECT_EQ(parked_at(event, "short").reason, "short");
  EXPECT_EQ(parked_at(event, "").scope, ScopeType::user);
}

}  // namespace
}  // namespace daybook::projector::test::parking_test
