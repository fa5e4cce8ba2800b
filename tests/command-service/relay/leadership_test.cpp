#include "command-service/relay/leadership.hpp"

#include <gtest/gtest.h>

#include "tests/command-service/relay/office.hpp"
#include "tests/support/support.hpp"

namespace daybook::relay::test {
namespace {

const std::vector<std::int64_t> some_previous{5, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1, 2};

TEST(RelayLeadership, IsForOneAtATimeAndEndsWithItsSession) {
  Database database;
  Leadership second(database.url, "");
  {
    Leadership first(database.url, "");
    ASSERT_TRUE(first.take());
    EXPECT_FALSE(second.take());
  }
  EXPECT_TRUE(daybook::test::wait_until(
      [&] { return second.take(); }));  // the server hears of the end a moment later
}

TEST(RelayLeadership, ReadsWhatTheLastLeaderStored) {
  Database database;
  {
    Leadership first(database.url, "");
    ASSERT_TRUE(first.take());
    EXPECT_EQ(first.checkpoint().topic, topic);
    EXPECT_EQ(first.checkpoint().partitions, partitions);
    EXPECT_EQ(first.checkpoint().previous, std::vector<std::int64_t>(partitions, 0));
    first.store(Position{5}, some_previous);
  }
  Leadership second(database.url, topic);
  ASSERT_TRUE(second.take());
  EXPECT_EQ(second.checkpoint().position, Position{5});
  EXPECT_EQ(second.checkpoint().previous, some_previous);
}

TEST(RelayLeadership, AZombieCanNeitherGoOnNorStore) {
  Database database;
  Leadership zombie(database.url, "");
  ASSERT_TRUE(zombie.take());
  zombie.confirm();
  database.exec("UPDATE log.relay SET epoch = epoch + 1");
  EXPECT_THROW(zombie.confirm(), LeadLost);
  EXPECT_THROW(zombie.store(Position{5}, some_previous), LeadLost);
  EXPECT_EQ(database.position(), 0);
}

TEST(RelayLeadership, APositionThatMovedMeanwhileIsNotOverwritten) {
  Database database;
  Leadership leader(database.url, "");
  ASSERT_TRUE(leader.take());
  database.exec("UPDATE log.relay SET position = 9");
  EXPECT_THROW(leader.store(Position{5}, some_previous), LeadLost);
  EXPECT_EQ(database.position(), 9);
}

TEST(RelayLeadership, ACutSessionIsSeen) {
  Database database;
  Leadership leader(database.url, "");
  ASSERT_TRUE(leader.take());
  ASSERT_TRUE(database.cut_leader());
  EXPECT_THROW(leader.confirm(), pg::ConnectionLost);
}

TEST(RelayLeadership, RefusesATopicWhosePartitionsWereRenumbered) {
  Database database;
  database.exec("UPDATE log.relay SET position = 5, previous = '{5,0,3}'");
  Leadership leader(database.url, "");
  EXPECT_THROW((void)leader.take(), std::runtime_error);
}

TEST(RelayLeadership, ATopicOfItsOwnHasALeaderOfItsOwn) {
  Database database;
  database.exec(
      "INSERT INTO log.topics (name, partitions, is_current) VALUES ('daybook.events.2', 24, false)");
  Leadership current(database.url, "");
  Leadership next(database.url, "daybook.events.2");
  ASSERT_TRUE(current.take());
  ASSERT_TRUE(next.take());
  EXPECT_EQ(next.checkpoint().partitions, 24);
  Leadership unknown(database.url, "nowhere");
  EXPECT_THROW((void)unknown.take(), std::runtime_error);
}

}  // namespace
}  // namespace daybook::relay::test
