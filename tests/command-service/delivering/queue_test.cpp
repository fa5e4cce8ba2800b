// The queue over PostgreSQL.
#include "command-service/delivering/queue.hpp"

#include <gtest/gtest.h>

#include "command-service/log/pg_rows.hpp"
#include "command-service/log/pg_store.hpp"
#include "tests/command-service/log/appender/commands.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::delivering::queue_test {
namespace {

using log::test::new_id;

class QueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    log::PgStore::migrate(url);
    log::prepare_session(connection);
  }
  Entry entry(events::WebhookId webhook, std::int64_t position) const {
    return {webhook, workspace, new_id<events::EventId>(), events::Position{position}, "issue.opened"};
  }
  std::vector<Due> due(text::Instant at, const std::vector<std::string>& under_way = {}, std::size_t max = 100) {
    return find_due(connection, at, under_way, max);
  }
  static std::vector<std::int64_t> positions(const std::vector<Due>& found) {
    std::vector<std::int64_t> all;
    for (const auto& one : found) all.push_back(one.position.value);
    return all;
  }
  std::string status(const Due& of) {
    return connection.exec_prepared("SELECT status FROM log.webhook_deliveries WHERE id = $1::uuid", pg::Params().text(of.id.text())).text(0, 0);
  }
  using Positions = std::vector<std::int64_t>;

  const std::string url = daybook::test::PostgresServer::shared().fresh_database();
  pg::Connection connection{url};
  const events::WorkspaceId workspace = new_id<events::WorkspaceId>();
  const events::WebhookId one = new_id<events::WebhookId>(), other = new_id<events::WebhookId>();
  const text::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
  const outbound::Answer taken{204, ""}, refused{500, "it answered 500"};
};

TEST_F(QueueTest, WhatIsQueuedTwiceIsThereOnce) {
  const std::vector entries{entry(one, 5), entry(other, 5), entry(one, 6)};
  EXPECT_EQ(enqueue(connection, entries, now), 3u);
  EXPECT_EQ(enqueue(connection, entries, now), 0u);
  EXPECT_EQ(count_pending(connection), 3);
}

TEST_F(QueueTest, ManyOfOneLeaveRoomForTheOthers) {
  std::vector<Entry> entries;
  for (std::int64_t position = 1; position <= 20; ++position) entries.push_back(entry(one, position));
  entries.push_back(entry(other, 30));
  enqueue(connection, entries, now);

  const auto first = due(now);
  EXPECT_EQ(positions(first), (Positions{1, 2, 30})) << "two of each at a time";
  EXPECT_TRUE(due(now, {first[0].id.text(), first[1].id.text(), first[2].id.text()}).empty()) << "as long as they are under way";
  EXPECT_EQ(positions(due(now, {first[0].id.text()})), (Positions{2, 30}));
  EXPECT_EQ(positions(due(now, {}, 1)), Positions{1});
  EXPECT_TRUE(due(now - std::chrono::seconds(1)).empty());
}

TEST_F(QueueTest, AnAttemptIsFollowedByTheNextOrByAnEnd) {
  enqueue(connection, std::vector{entry(one, 1), entry(other, 2)}, now);
  const auto first = due(now);
  ASSERT_EQ(first.size(), 2u);
  const auto later = now + std::chrono::seconds(5);
  note_attempt(connection, first[0], refused, {Outcome::again, later}, now);
  note_attempt(connection, first[1], taken, {Outcome::succeeded, std::nullopt}, now);

  EXPECT_TRUE(due(now).empty());
  const auto second = due(later);
  ASSERT_EQ(positions(second), Positions{1});
  EXPECT_EQ(second[0].id, first[0].id) << "under the same id";
  EXPECT_EQ(second[0].attempts, 1);
  EXPECT_EQ(status(first[1]), "succeeded");

  give_up(connection, second[0], "The webhook is disabled.", later);
  EXPECT_EQ(status(second[0]), "failed");
  EXPECT_EQ(count_pending(connection), 0);
}

TEST_F(QueueTest, WhatHasEndedBeginsAnewWhenItIsReplayed) {
  const std::vector entries{entry(one, 1)};
  enqueue(connection, entries, now);
  const auto first = due(now).at(0);
  note_attempt(connection, first, refused, {Outcome::failed, std::nullopt}, now);
  EXPECT_EQ(enqueue(connection, entries, now), 0u);
  EXPECT_TRUE(due(now).empty());

  EXPECT_EQ(enqueue_again(connection, std::vector{entries[0], entry(one, 2)}, now), 2u);
  const auto again = due(now);
  EXPECT_EQ(positions(again), (Positions{1, 2}));
  EXPECT_EQ(again[0].id, first.id);
  EXPECT_EQ(again[0].attempts, 0);

  EXPECT_TRUE(deliver_again(connection, workspace, one, first.id, now));
  EXPECT_FALSE(deliver_again(connection, workspace, other, first.id, now)) << "another webhook's";
  EXPECT_FALSE(deliver_again(connection, new_id<events::WorkspaceId>(), one, first.id, now)) << "another workspace's";
}

TEST_F(QueueTest, WhatEndedLongAgoIsForgottenAndWhatWaitsIsNot) {
  enqueue(connection, std::vector{entry(one, 1), entry(one, 2)}, now);
  note_attempt(connection, due(now).at(0), taken, {Outcome::succeeded, std::nullopt}, now);
  forget_ended(connection, now + ended_kept);
  EXPECT_EQ(connection.exec("SELECT count(*) FROM log.webhook_deliveries").int64(0, 0), 2);
  forget_ended(connection, now + ended_kept + std::chrono::seconds(1));
  EXPECT_EQ(positions(due(now)), Positions{2});
}

}  // namespace
}  // namespace daybook::delivering::queue_test
