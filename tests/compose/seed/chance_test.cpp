#include "compose/daybook/seed/chance.hpp"

#include <gtest/gtest.h>

#include <set>

#include "compose/daybook/seed/words.hpp"

namespace daybook::seed {
namespace {

// Worked out by a program of its own (SHA-256, then SplitMix64): other numbers would be another story for every seed.
TEST(Chance, DrawsTheSameOnEveryMachine) {
  Chance chance(7, "a thing");
  std::vector<std::int64_t> drawn;
  for (int i = 0; i < 4; ++i) drawn.push_back(chance.from(1, 1000));
  EXPECT_EQ(drawn, (std::vector<std::int64_t>{730, 860, 686, 207}));
  EXPECT_EQ(chance.digits(8), "6cf800ff");
}

TEST(Chance, IsAnotherForEachNameAndSeed) {
  EXPECT_NE(Chance(7, "a thing").next(), Chance(7, "another").next());
  EXPECT_NE(Chance(7, "a thing").next(), Chance(8, "a thing").next());
  EXPECT_NE(id_of(7, "a thing"), id_of(8, "a thing"));
}

TEST(Chance, StaysWithinWhatWasAskedForAndMeetsAllOfIt) {
  Chance chance(1, "dice");
  std::set<std::int64_t> met;
  for (int i = 0; i < 1000; ++i) met.insert(chance.from(-2, 3));
  EXPECT_EQ(met, (std::set<std::int64_t>{-2, -1, 0, 1, 2, 3}));
  EXPECT_EQ(chance.from(5, 5), 5);
}

TEST(Words, GiveNoTwoPeopleTheSameMailbox) {
  std::set<std::string> mailboxes;
  for (std::size_t number = 0; number < 8000; ++number) mailboxes.insert(words::mailbox(number));
  EXPECT_EQ(mailboxes.size(), 8000u);
}

TEST(Words, LeaveNoSlotUnfilled) {
  Chance chance(1, "sentences");
  for (int i = 0; i < 500; ++i) {
    const auto about = words::subject(chance);
    for (const auto work : {words::Work::story, words::Work::bug, words::Work::chore})
      for (const auto& said : {words::title(work, about, chance), words::description(work, about, chance)}) {
        EXPECT_EQ(said.find('{'), said.npos) << said;
        EXPECT_LT(said.size(), 255u) << said;
      }
    for (const auto& said : {words::beginning(about, chance), words::question(about, chance), words::closing(about, chance),
                             words::prompt(about, chance), words::response(about, chance)})
      EXPECT_EQ(said.find('{'), said.npos) << said;
  }
}

}  // namespace
}  // namespace daybook::seed
