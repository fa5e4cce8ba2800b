#include "platform/postgres/connection.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "platform/postgres/transaction.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::pg {
namespace {

using test::PostgresServer;
using test::wait_until;

const std::string& url() { return PostgresServer::shared().url(); }

TEST(PostgresConnection, NoServerIsAConnectionLost) {
  EXPECT_THROW(Connection("postgresql:///d?host=/nonexistent"), ConnectionLost);
}

TEST(PostgresConnection, SimpleTextMayHoldSeveralCommands) {
  Connection connection(url());
  const auto result = connection.exec("SELECT 1; SELECT 2 AS two, NULL");
  EXPECT_EQ(result.rows(), 1);
  EXPECT_EQ(result.column_name(0), "two");
  EXPECT_EQ(result.int64(0, 0), 2);
  EXPECT_FALSE(result.get(0, 1).has_value());
  EXPECT_THROW((void)result.text(0, 1), std::domain_error);
  EXPECT_THROW((void)result.get(1, 0), std::out_of_range);
}

TEST(PostgresConnection, AServerErrorCarriesItsStateAndLeavesTheConnectionUsable) {
  Connection connection(url());
  try {
    connection.exec("SELECT 1/0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.sqlstate(), "22012");
  }
  EXPECT_TRUE(connection.ping());
}

TEST(PostgresConnection, AWrongNumberOfParametersIsNotALostConnection) {
  Connection connection(url());
  try {
    connection.exec_prepared("SELECT $1::text, $2::text", Params().text("one"));
    FAIL();
  } catch (const ConnectionLost&) {
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.sqlstate(), "08P01");
  }
  EXPECT_TRUE(connection.ping());
}

TEST(PostgresConnection, AUniqueViolationNamesItsConstraintAndNotTheValue) {
  Connection connection(url());
  connection.exec("CREATE TEMP TABLE t (id text CONSTRAINT only_once UNIQUE)");
  connection.exec_prepared("INSERT INTO t VALUES ($1)", Params().text("secret"));
  try {
    connection.exec_prepared("INSERT INTO t VALUES ($1)", Params().text("secret"));
    FAIL();
  } catch (const UniqueViolation& violation) {
    EXPECT_EQ(violation.constraint(), "only_once");
    EXPECT_EQ(std::string(violation.what()).find("secret"), std::string::npos);
  }
}

TEST(PostgresConnection, AStatementIsPreparedOnceAndReusedByItsText) {
  Connection connection(url());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(connection.exec_prepared("SELECT $1::int8 + 1", Params().int64(i)).int64(0, 0), i + 1);
  }
  EXPECT_EQ(connection.exec("SELECT count(*) FROM pg_prepared_statements").int64(0, 0), 1);
}

TEST(PostgresConnection, APreparedStatementSurvivesAChangeOfItsTable) {
  Connection connection(url());
  connection.exec("CREATE TEMP TABLE changing (a int)");
  EXPECT_EQ(connection.exec_prepared("SELECT * FROM changing").columns(), 1);
  connection.exec("ALTER TABLE changing ADD COLUMN b int");
  EXPECT_EQ(connection.exec_prepared("SELECT * FROM changing").columns(), 2);
}

TEST(PostgresConnection, CopyBringsBackWhatItWasGiven) {
  Connection connection(url());
  connection.exec("CREATE TEMP TABLE copied (n int, t text)");
  std::string rows;
  for (int i = 0; i < 3; ++i) {
    append_copy_cell(rows, std::to_string(i));
    rows += '\t';
    append_copy_cell(rows, i == 1 ? std::nullopt : std::optional<std::string_view>("a\tb\\\n"));
    rows += '\n';
  }
  EXPECT_EQ(connection.copy_in("COPY copied FROM STDIN", rows), 3);
  const auto back = connection.exec("SELECT t FROM copied ORDER BY n");
  EXPECT_EQ(back.text(0, 0), "a\tb\\\n");
  EXPECT_TRUE(back.is_null(1, 0));
  EXPECT_THROW(connection.copy_in("COPY copied FROM STDIN", "no number\tx\n"), Error);
  EXPECT_THROW(connection.copy_in("SELECT 1", ""), Error);
  const auto fails = [](std::string&) -> bool { throw std::domain_error("no more rows"); };
  EXPECT_THROW(connection.copy_in("COPY copied FROM STDIN", fails), std::domain_error);
  EXPECT_EQ(connection.exec("SELECT count(*) FROM copied").int64(0, 0), 3);
  EXPECT_TRUE(connection.ping());
}

TEST(PostgresConnection, ANotificationArrivesOnItsChannelOnly) {
  Connection listener(url());
  Connection speaker(url());
  listener.listen("Some channel");
  EXPECT_FALSE(listener.wait_notify(0).has_value());
  speaker.exec("SELECT pg_notify('other', 'no')");
  speaker.exec("SELECT pg_notify('Some channel', 'yes')");
  const auto notification = listener.wait_notify(10'000);
  ASSERT_TRUE(notification.has_value());
  EXPECT_EQ(notification->channel, "Some channel");
  EXPECT_EQ(notification->payload, "yes");
}

TEST(PostgresConnection, CancelFromAnotherThreadStopsARunningCommand) {
  Connection connection(url());
  Connection watcher(url());
  std::atomic<bool> ended = false;
  std::string sqlstate;
  std::thread worker([&] {
    try {
      connection.exec("SELECT pg_sleep(60)");
    } catch (const Error& error) {
      sqlstate = error.sqlstate();
    }
    ended = true;
  });
  EXPECT_TRUE(wait_until([&] {
    connection.cancel();
    return ended.load();
  }));
  worker.join();
  EXPECT_EQ(sqlstate, "57014");
}

TEST(PostgresConnection, AKilledSessionIsALostConnectionAndSeenWithoutARoundTrip) {
  Connection victim(url());
  Connection killer(url());
  EXPECT_TRUE(victim.alive());
  killer.exec("SELECT pg_terminate_backend($1::int)", Params().int64(victim.backend_pid()));
  EXPECT_TRUE(wait_until([&] { return !victim.alive(); }));
  EXPECT_FALSE(victim.ping());
  EXPECT_THROW(victim.exec("SELECT 1"), ConnectionLost);
}

TEST(PostgresTransaction, WithoutCommitNothingHappened) {
  Connection connection(url());
  connection.exec("CREATE TEMP TABLE t (n int)");
  {
    Transaction transaction(connection);
    connection.exec("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(connection.exec("SELECT count(*) FROM t").int64(0, 0), 0);
  Transaction transaction(connection);
  connection.exec("INSERT INTO t VALUES (1)");
  transaction.commit();
  EXPECT_EQ(connection.exec("SELECT count(*) FROM t").int64(0, 0), 1);
}

TEST(PostgresTransaction, AFailedTransactionCannotBeCommittedQuietly) {
  Connection connection(url());
  {
    Transaction transaction(connection);
    EXPECT_THROW(connection.exec("SELECT 1/0"), Error);
    EXPECT_THROW(transaction.commit(), Error);
  }
  EXPECT_EQ(connection.transaction_state(), TransactionState::idle);
}

TEST(PostgresTransaction, AReadOnlyOneRefusesToWrite) {
  Connection connection(url());
  Transaction transaction(connection, Isolation::repeatable_read, true);
  EXPECT_THROW(connection.exec("CREATE TABLE refused (n int)"), Error);
}

TEST(PostgresDurability, EverySettingThatLosesCommitsGetsASentence) {
  Connection connection(PostgresServer::own().url());
  EXPECT_EQ(check_durability(connection).size(), 3u);
  connection.exec("SET synchronous_commit = on");
  EXPECT_EQ(check_durability(connection).size(), 2u);
}

}  // namespace
}  // namespace daybook::pg
