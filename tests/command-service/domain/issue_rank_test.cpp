// The order of issues: directly before or behind another, however close they stand.
#include <algorithm>
#include <random>

#include "command-service/domain/issue/ranks.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_rank_test {
namespace {

namespace happened = events::issue;
using issue::rank_gap;

class Ranks : public Office {
 protected:
  // The numbers of the office's own issues come first; they stand far away.
  void SetUp() override {
    Office::SetUp();
    std::int64_t far = -issue::position_max;
    for (const auto id : {first, second, third}) issue(id).as(max).given(happened::Ranked{++far});
  }
  static events::IssueId nth(int which) { return id_of<events::IssueId>(1000 + which); }
  static std::int64_t number(int which) { return 100 + which; }
  static std::int64_t own(int which) { return issue::own_position(number(which)); }

  // As `issue.open` opens them, or where it is said.
  void open(int which, std::optional<std::int64_t> position = std::nullopt) {
    auto event = opened(number(which));
    event.position = position.value_or(own(which));
    issue(nth(which)).as(max).given(event);
  }
  const issue::State& state(events::IssueId id) { return world.state<Issue>(events::stream_of(id)); }
  std::int64_t position(int which) { return state(nth(which)).position; }

  WideDecision<happened::Event> decide_rank(events::IssueId moved, const issue::Rank& command, events::UserId who) {
    auto asking = context();
    asking.user = who;
    asking.actor_id = events::PrincipalId{who.value};
    auto admitted = admit(asking, world.state<Workspace>(events::stream_of(acme)), issue::Rank::permission);
    if (!admitted) return admitted.error();
    const auto neighbour = neighbour_of(command, *admitted, world.facts);
    return decide(state(moved), neighbour ? state(*neighbour) : issue::State{}, command, *admitted, world.facts);
  }
  // How many issues got another position.
  std::size_t rank(int moved, const issue::Rank& command) {
    const auto decided = decide_rank(nth(moved), command, max);
    EXPECT_TRUE(decided) << decided.error().detail;
    for (const auto& [stream, event] : *decided) EXPECT_FALSE(world.happen<Issue>(stream, acme, event, context()));
    return decided->size();
  }
  void expect_refused(events::IssueId moved, const issue::Rank& command, std::string_view code, std::string_view pointer, events::UserId who) {
    const auto decided = decide_rank(moved, command, who);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().code, code);
    if (decided.error().errors.empty()) return;
    EXPECT_EQ(decided.error().errors[0].pointer, pointer);
  }
  static issue::Rank before(int which) { return {IssueRef(nth(which)), std::nullopt}; }
  static issue::Rank behind(int which) { return {std::nullopt, IssueRef(nth(which))}; }

  std::vector<int> order(int count) {
    std::vector<int> numbers;
    for (int i = 1; i <= count; ++i) numbers.push_back(i);
    std::sort(numbers.begin(), numbers.end(), [&](int a, int b) { return std::pair(position(a), a) < std::pair(position(b), b); });
    return numbers;
  }
  static void move_in(std::vector<int>& model, int moved, int neighbour, bool is_before) {
    std::erase(model, moved);
    const auto at = std::find(model.begin(), model.end(), neighbour);
    model.insert(is_before ? at : at + 1, moved);
  }
  // Ranks at random and compares with a list.
  void walk(int count, int steps, unsigned seed) {
    std::mt19937 random(seed);
    auto model = order(count);
    for (int step = 0; step < steps; ++step) {
      const int moved = 1 + static_cast<int>(random() % count), neighbour = 1 + static_cast<int>(random() % count);
      if (moved == neighbour) continue;
      const bool is_before = random() % 2 == 0;
      rank(moved, is_before ? before(neighbour) : behind(neighbour));
      move_in(model, moved, neighbour, is_before);
      ASSERT_EQ(order(count), model) << "step " << step << " of seed " << seed;
    }
  }
};

TEST_F(Ranks, AKeySortsAsItsPlaceDoes) {
  const std::vector<issue::Place> places{{-issue::position_max, 1}, {-rank_gap, 3}, {-1, 2}, {0, 1}, {0, 2}, {1, 1}, {issue::position_max, 9}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(issue::place_in(issue::place_key(acme, places[i])), places[i]);
    if (i == 0) continue;
    EXPECT_LT(issue::place_key(acme, places[i - 1]), issue::place_key(acme, places[i]));
  }
}

TEST_F(Ranks, AnIssueGoesBetweenTwoWithoutMovingThem) {
  for (int i = 1; i <= 4; ++i) open(i);
  EXPECT_EQ(rank(4, before(2)), 1u);
  EXPECT_EQ(position(4), own(1) + rank_gap / 2);
  EXPECT_EQ(rank(3, behind(1)), 1u);
  EXPECT_EQ(order(4), (std::vector{1, 3, 4, 2}));
}

TEST_F(Ranks, WhatStandsThereAlreadyIsNotMoved) {
  for (int i = 1; i <= 3; ++i) open(i);
  EXPECT_EQ(rank(2, behind(1)), 0u);
  EXPECT_EQ(rank(2, before(3)), 0u);
  EXPECT_EQ(rank(3, before(2)), 1u);
  EXPECT_EQ(rank(3, before(2)), 0u);
  EXPECT_EQ(rank(3, behind(1)), 0u);
}

TEST_F(Ranks, AnIssueGoesBeforeTheFirstAndBehindTheLast) {
  for (int i = 1; i <= 3; ++i) open(i);
  rank(3, before(1));
  EXPECT_EQ(order(3), (std::vector{3, 1, 2}));
  rank(2, before(3));
  rank(1, before(2));
  EXPECT_EQ(order(3), (std::vector{1, 2, 3}));
  rank(1, behind(3));
  open(4);
  EXPECT_EQ(order(4), (std::vector{2, 3, 1, 4})) << "what is opened next stands behind all";
}

TEST_F(Ranks, WhereNoGapIsLeftTheNeighboursMakeRoomInTheSameAppend) {
  for (int i = 1; i <= 6; ++i) open(i, i);
  EXPECT_GT(rank(6, behind(2)), 1u);
  EXPECT_EQ(order(6), (std::vector{1, 2, 6, 3, 4, 5}));
  EXPECT_EQ(rank(5, behind(2)), 1u) << "room was made for some to come";
}

TEST_F(Ranks, IssuesOfOnePositionAreToldApartByTheirNumbersAndByRanks) {
  for (int i = 1; i <= 5; ++i) open(i, 0);
  rank(5, before(3));
  EXPECT_EQ(order(5), (std::vector{1, 2, 5, 3, 4}));
  rank(1, behind(3));
  EXPECT_EQ(order(5), (std::vector{2, 5, 3, 1, 4}));
}

TEST_F(Ranks, AGapThatIsHalvedAgainAndAgainNeverRunsOut) {
  for (int i = 1; i <= 4; ++i) open(i);
  auto model = order(4);
  for (int step = 0; step < 60; ++step) {
    const int moved = 3 + step % 2;
    rank(moved, behind(1));
    move_in(model, moved, 1, false);
    ASSERT_EQ(order(4), model) << step;
  }
}

TEST_F(Ranks, TheOrderIsThatOfAListHoweverItIsRanked) {
  for (int i = 1; i <= 12; ++i) open(i);
  walk(12, 400, 7);
}

TEST_F(Ranks, TheOrderIsThatOfAListWhereAllStandSideBySideOrOnWalls) {
  for (int i = 1; i <= 6; ++i) open(i, i % 3);
  for (int i = 7; i <= 12; ++i) open(i, own(1 + i % 4) + i % 2);
  walk(12, 400, 11);
}

TEST_F(Ranks, ANeighbourIsOneUsableIssueOfTheWorkspace) {
  open(1);
  open(2);
  expect_refused(nth(1), {}, "required", "/before", max);
  expect_refused(nth(1), {IssueRef(nth(2)), IssueRef(nth(2))}, "required", "/before", max);
  expect_refused(nth(1), before(1), "cycle", "/before", max);
  expect_refused(nth(1), {std::nullopt, IssueRef(foreign_issue)}, "unknown-reference", "/after", max);
  expect_refused(nth(1), before(2), "forbidden", "", vic);
  issue(nth(2)).as(max).when(issue::Delete{});
  expect_refused(nth(1), before(2), "unknown-reference", "/before", max);
  expect_refused(nth(2), before(1), "not-found", "", max);
}

TEST_F(Ranks, MoreThanOneAppendMayMoveAreRefused) {
  constexpr int side = static_cast<int>(issue::rank_moves_max) + 5;
  open(1, side);
  open(2);
  for (int i = 0; i < 2 * side; ++i)
    if (i != side) world.facts.claims[{std::string(scope::issue_place), issue::place_key(acme, {i, 5000 + i})}] = events::stream_of(first);
  expect_refused(nth(2), before(1), "no-room", "/before", max);
}

TEST_F(Ranks, APositionLiesWhereThereIsRoomAroundIt) {
  issue::Change change{};
  change.position = issue::position_max + 1;
  issue(first).as(max).when(change).then_rejected("out-of-range", "/position");
}

}  // namespace
}  // namespace daybook::domain::issue_rank_test
