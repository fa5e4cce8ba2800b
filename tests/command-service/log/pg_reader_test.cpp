#include "command-service/log/pg_reader.hpp"

#include <gtest/gtest.h>

#include "command-service/log/pg_store.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/support.hpp"

namespace daybook::log::test {
namespace {

class PostgresReader : public testing::Test {
 protected:
  PostgresReader() {
    PgStore::migrate(url);
    PgStore::initialise(url, "fingerprint");
  }
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
};

TEST_F(PostgresReader, ConnectsAgainAfterItsConnectionWasCut) {
  PgStore store(url, {.allow_unsafe = true});
  PgReader reader(url);
  EXPECT_EQ(reader.head(), Position{0});
  pg::Connection(url).exec(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND "
      "pid <> pg_backend_pid()"
      " AND backend_type = 'client backend'");
  append(store, births(1));
  EXPECT_EQ(reader.head(), Position{1});
  EXPECT_EQ(reader.wait_beyond(Position{0}, 10000), Position{1});
}

TEST_F(PostgresReader, SeesGrowthByItselfWhenNobodyTellsIt) {
  PgReader reader(url);
  EXPECT_EQ(reader.head(), Position{0});
  pg::Connection(url).exec(
      "INSERT INTO log.heads (position, recorded_at, batch_id, frontier, root)"
      " VALUES (1, now(), gen_random_uuid(), '', sha256(''))");
  EXPECT_EQ(reader.wait_beyond(Position{0}, 10 * PgReader::poll_interval_ms), Position{1});
}

TEST_F(PostgresReader, APageOfHugeEventsIsCutByTheServer) {
  PgStore store(url, {.allow_unsafe = true});
  std::vector<Envelope> events;
  for (int i = 0; i < 4; ++i)
    events.push_back(some_event(new_stream(), 1, "{\"t\":\"" + std::string(3 << 20, 'x') + "\"}"));
  append(store, std::move(events));
  PgReader reader(url);
  EXPECT_EQ(reader.read(Position{0}, 100, 7 << 20).size(), 2u);
  EXPECT_EQ(reader.read(Position{0}, 100, 1 << 20).size(), 1u);
}

TEST(PostgresReaderBeside, WhoHasWaitedDoesNotHoldUpWhatIsTold) {
  // Given a reader that waited once, on a server where nobody else listens
  constexpr std::chrono::seconds limit{60};
  const auto url = daybook::test::PostgresServer::own().fresh_database();
  PgStore::migrate(url);
  PgStore::initialise(url, "fingerprint");
  PgReader reader(url);
  EXPECT_EQ(reader.wait_beyond(Position{0}, 1), Position{0});
  // When far more is told than a socket holds
  pg::Connection speaker(url);
  speaker.exec("SELECT pg_notify('" + std::string(log_channel) + "', n || repeat('x', 7000)) FROM generate_series(1, 3000) AS n");
  // Then it is gone, and the reader, which was not asked for anything, reads on
  EXPECT_TRUE(daybook::test::wait_until([&] { return speaker.exec("SELECT pg_notification_queue_usage() = 0").boolean(0, 0); }, limit));
  EXPECT_EQ(reader.head(), Position{0});
}

TEST(PostgresReaderWithoutServer, SaysThatTheLogCannotBeReached) {
  PgReader reader("postgresql://127.0.0.1:" + std::to_string(daybook::test::free_port()) + "/none");
  EXPECT_THROW((void)reader.head(), events::LogUnavailable);
}

}  // namespace
}  // namespace daybook::log::test
