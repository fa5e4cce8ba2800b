// Read models that are built again while everything runs.
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::generations_test {
namespace {

TEST(Generations, AreBuiltBesideTheServedOneAndServedAfterARestart) {
  DaybookProcess daybook;
  Team team(daybook);
  const auto before = team.issue("Before");

  // In its place nothing is built while a projector is at work
  const auto refused = daybook.run({"rebuild", "--allow-unsafe-database"});
  EXPECT_EQ(refused.exit_code, 1) << refused.output;
  EXPECT_EQ(team.owner.get(team.in("/issues/" + before)).status, 200);

  const auto built = daybook.run({"rebuild", "--beside", "--allow-unsafe-database"});
  EXPECT_EQ(built.exit_code, 0) << built.output;
  const auto between = team.issue("Between");
  EXPECT_EQ(team.owner.get(team.in("/issues/" + between)).status, 200) << "the old one goes on";
  const auto too_early = daybook.run({"projector", "drop-old"});
  EXPECT_EQ(too_early.exit_code, 1) << too_early.output;
  EXPECT_EQ(team.owner.get(team.in("/issues/" + between)).status, 200);
  daybook.stop();

  daybook.start();
  team.owner = signed_in_again(daybook, team.owner);
  const auto after = team.issue("After");
  for (const auto& issue : {before, between, after}) EXPECT_EQ(team.owner.get(team.in("/issues/" + issue)).status, 200);
  const auto dropped = daybook.run({"projector", "drop-old"});
  EXPECT_EQ(dropped.exit_code, 0) << dropped.output;
  const auto left = pg::Connection(daybook.database_url()).exec("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^read_g'");
  EXPECT_EQ(left.int64(0, 0), 1);
  daybook.stop();

  const auto tables = daybook.run({"rebuild", "--read-tables", "--allow-unsafe-database"});
  EXPECT_EQ(tables.exit_code, 0) << tables.output;
  expect_sound_and_rebuildable(daybook);
}

}  // namespace
}  // namespace daybook::test::generations_test
