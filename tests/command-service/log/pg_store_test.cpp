#include "command-service/log/pg_store.hpp"

#include <thread>

#include "command-service/log/pg_reader.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/command-service/log/store_contract.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::log::test {
namespace {

using daybook::test::PostgresServer;

std::string new_log(PostgresServer& server = PostgresServer::shared()) {
  const auto url = server.fresh_database();
  PgStore::migrate(url);
  PgStore::initialise(url, "fingerprint");
  return url;
}

std::unique_ptr<PgStore> open_store(const std::string& url) {
  return std::make_unique<PgStore>(url, PgStoreOptions{.allow_unsafe = true});
}

class InPostgres final : public LogUnderTest {
 public:
  std::unique_ptr<Store> store() override { return open_store(url_); }
  std::unique_ptr<events::LogReader> reader() override { return std::make_unique<PgReader>(url_); }

 private:
  std::string url_ = new_log();
};

INSTANTIATE_TEST_SUITE_P(Postgres, StoreContract,
                         testing::Values(MakeLog([] { return std::make_unique<InPostgres>(); })));

class PostgresStore : public testing::Test {
 protected:
  explicit PostgresStore(PostgresServer& server = PostgresServer::shared()) : url(new_log(server)) {}

  // Ends every other session of the database, as a server that is shut down would.
  void cut_connections() {
    admin.exec(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'");
  }
  BatchWrite open_and_prepare() {
    return batch_after(store->identity(), store->open_batch(Position{}, {}).head, births(1));
  }
  std::string sqlstate_of(const std::string& sql) {
    try {
      admin.exec(sql);
    } catch (const pg::Error& error) {
      return error.sqlstate();
    }
    return "";
  }

  const std::string url;
  std::unique_ptr<PgStore> store = open_store(url);
  pg::Connection admin{url};
};

// Where settings of the whole server are changed.
class PostgresStoreAlone : public PostgresStore {
 protected:
  PostgresStoreAlone() : PostgresStore(PostgresServer::own()) {}
};

TEST_F(PostgresStore, ItsOwnerCannotChangeTheLog) {
  append(*store, births(1));
  for (const std::string table : {"log.events", "log.heads"}) {
    EXPECT_EQ(sqlstate_of("UPDATE " + table + " SET recorded_at = now()"), "23000") << table;
    EXPECT_EQ(sqlstate_of("DELETE FROM " + table), "23000") << table;
    EXPECT_EQ(sqlstate_of("DELETE FROM " + table + " WHERE false"), "23000") << table;
    EXPECT_EQ(sqlstate_of("TRUNCATE " + table), "23000") << table;
  }
  EXPECT_EQ(all_events(*store).size(), 1u);
}

TEST_F(PostgresStore, TheRoleOfTheAppenderMayOnlyAddToTheLog) {
  admin.exec("SET ROLE daybook_writer");
  for (const std::string table : {"log.events", "log.heads"}) {
    EXPECT_EQ(sqlstate_of("UPDATE " + table + " SET recorded_at = now()"), "42501") << table;
    EXPECT_EQ(sqlstate_of("DELETE FROM " + table), "42501") << table;
    EXPECT_EQ(sqlstate_of("TRUNCATE " + table), "42501") << table;
  }
  EXPECT_EQ(sqlstate_of("UPDATE log.identity SET epoch = 2"), "42501");
}

TEST_F(PostgresStore, TheStoreAppendsInThatRoleWithSynchronousCommit) {
  admin.exec("CREATE TABLE public.seen (who text, synchronous text); GRANT INSERT ON public.seen TO PUBLIC");
  admin.exec(
      "CREATE FUNCTION public.look() RETURNS trigger LANGUAGE plpgsql AS"
      " $$ BEGIN INSERT INTO public.seen VALUES (current_user, current_setting('synchronous_commit')); "
      "RETURN NULL; END $$");
  admin.exec("CREATE TRIGGER look AFTER INSERT ON log.heads FOR EACH ROW EXECUTE FUNCTION public.look()");
  append(*store, births(1));
  const auto seen = admin.exec("SELECT who, synchronous FROM public.seen");
  EXPECT_EQ(seen.text(0, 0), "daybook_writer");
  EXPECT_EQ(seen.text(0, 1), "on");
}

TEST_F(PostgresStore, AConnectionThatWasCutBetweenBatchesIsReplaced) {
  append(*store, births(1));
  cut_connections();
  append(*store, births(1));
  EXPECT_EQ(store->head().position, Position{2});
}

TEST_F(PostgresStore, AConnectionCutInsideABatchLeavesNothing) {
  const auto batch = open_and_prepare();
  cut_connections();
  EXPECT_THROW((void)store->fetch({.claims = {{"slug", "x"}}}), StoreUnavailable);
  EXPECT_THROW(store->write_batch(batch), StoreUnavailable);
  store->abandon();
  EXPECT_FALSE(store->find_batch(batch.batch_id));
  append(*store, births(1));
  EXPECT_EQ(store->head().position, Position{1});
}

TEST_F(PostgresStore, AConnectionCutWhileCommittingLeavesTheOutcomeOpenUntilAsked) {
  const auto batch = open_and_prepare();
  cut_connections();
  EXPECT_THROW(store->write_batch(batch), CommitUnknown);
  EXPECT_FALSE(store->find_batch(batch.batch_id));
}

TEST_F(PostgresStore, ASessionThatEndsWithinCommitHasWrittenNothing) {
  admin.exec(
      "CREATE FUNCTION public.end_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
      " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
  admin.exec(
      "CREATE CONSTRAINT TRIGGER end_session AFTER INSERT ON log.heads DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION public.end_session()");
  const auto batch = open_and_prepare();
  EXPECT_THROW(store->write_batch(batch), CommitUnknown);
  EXPECT_FALSE(store->find_batch(batch.batch_id));
}

// A standby that never comes makes COMMIT wait after it has been written: the one moment at which a session
// can be ended with its transaction in the log and its answer unsent.
TEST_F(PostgresStoreAlone, ACommitWhoseAnswerWasLostIsFoundByItsBatchId) {
  admin.exec("ALTER SYSTEM SET synchronous_standby_names = 'never'");
  admin.exec("SELECT pg_reload_conf()");
  std::thread ending([&] {
    pg::Connection other(url);
    EXPECT_TRUE(daybook::test::wait_until([&] {
      return other.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                 .rows() == 1;
    }));
  });
  // The server takes the setting up in its own time: until then batches are answered as ever.
  BatchWrite batch;
  EXPECT_TRUE(daybook::test::wait_until([&] {
    batch = open_and_prepare();
    try {
      store->write_batch(batch);
      return false;
    } catch (const CommitUnknown&) {
      return true;
    }
  }));
  ending.join();
  admin.exec("ALTER SYSTEM RESET synchronous_standby_names");
  admin.exec("SELECT pg_reload_conf()");
  EXPECT_TRUE(store->find_batch(batch.batch_id));
  EXPECT_EQ(all_events(*store).back(), batch.events.back());
}

TEST_F(PostgresStore, FindingABatchWaitsForWhoeverIsStillCommitting) {
  auto other = open_store(url);
  const auto batch = batch_after(other->identity(), other->open_batch(Position{}, {}).head, births(1));
  bool found = false;
  std::thread asking([&] { found = store->find_batch(batch.batch_id); });
  other->write_batch(batch);
  asking.join();
  EXPECT_TRUE(found);
}

TEST_F(PostgresStore, AReadOnlyServerIsUnavailableAndNotABug) {
  admin.exec("ALTER DATABASE " + admin.exec("SELECT quote_ident(current_database())").text(0, 0) +
             " SET default_transaction_read_only = on");
  auto standby = open_store(url);
  const auto batch = batch_after(standby->identity(), standby->open_batch(Position{}, {}).head, births(1));
  EXPECT_THROW(standby->write_batch(batch), StoreUnavailable);
}

TEST_F(PostgresStore, AnotherLogAtTheSameAddressStopsTheProcess) {
  cut_connections();
  admin.exec("UPDATE log.identity SET epoch = epoch + 1");
  EXPECT_THROW(append(*store, births(1)), std::logic_error);
}

TEST_F(PostgresStore, AStatementTheServerRefusesForGoodIsNotTakenForAnOutage) {
  auto batch = open_and_prepare();
  batch.events[0].data = "{not json";
  EXPECT_THROW(store->write_batch(batch), pg::Error);
  append(*store, births(1));
  EXPECT_EQ(store->head().position, Position{1});
}

TEST_F(PostgresStore, ItsStatementsWalkAlongIndexesWhateverTheStatisticsSay) {
  // A session's counts arrive at the latest when it has gone.
  const auto alone = [&] {
    return admin
               .exec(
                   "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                   "backend_type = 'client backend'")
               .int64(0, 0) == 1;
  };
  store.reset();
  ASSERT_TRUE(daybook::test::wait_until(alone));
  admin.exec("SELECT pg_stat_reset()");

  store = open_store(url);
  append(*store, births(600));
  const auto stream = new_stream();
  for (int version = 1; version <= 8; ++version) {
    Asks asks;
    asks.streams[stream] = StreamVersion{0};
    asks.references.insert(stream);
    const auto opened = store->open_batch(store->head().position, asks);
    store->write_batch(batch_after(store->identity(), opened.head, {some_event(stream, version)}));
  }
  store.reset();
  ASSERT_TRUE(daybook::test::wait_until(alone));
  const auto scans = admin.exec(
      "SELECT sum(seq_scan), sum(idx_scan) FROM pg_stat_user_tables"
      " WHERE schemaname = 'log' AND relname IN ('events', 'streams', 'heads')");
  EXPECT_EQ(scans.int64(0, 0), 0);
  EXPECT_GT(scans.int64(0, 1), 8);
}

TEST_F(PostgresStore, OldRowsOfACounterAreClearedAwayNowAndThen) {
  const CounterKey counter{"issues", new_stream()};
  const auto count_to = [&](std::int64_t value, int events) {
    auto batch = batch_after(store->identity(), store->open_batch(Position{}, {}).head, births(events));
    batch.counters[counter] = value;
    store->write_batch(batch);
  };
  const auto rows = [&] { return admin.exec("SELECT count(*), max(value) FROM log.counters"); };
  for (int value = 1; value <= 3; ++value) count_to(value, 1);
  EXPECT_EQ(rows().int64(0, 0), 3);
  count_to(4, 4100);
  EXPECT_EQ(rows().int64(0, 0), 1);
  Asks asks;
  asks.counters.insert(counter);
  EXPECT_EQ(store->open_batch(Position{}, asks).answers.counters.at(counter), 4);
}

TEST(PostgresStoreRefusals, AServerThatMayLoseCommitsIsRefused) {
  EXPECT_THROW(PgStore{new_log(PostgresServer::own())}, LogRefused);
}

TEST(PostgresStoreRefusals, ADatabaseWithoutALogIsRefused) {
  const auto url = PostgresServer::shared().fresh_database();
  EXPECT_THROW(open_store(url), LogRefused);
  PgStore::migrate(url);
  EXPECT_THROW(open_store(url), LogRefused);
}

TEST(PostgresStoreRefusals, AServerThatIsNotThereIsUnavailable) {
  EXPECT_THROW(open_store("postgresql://127.0.0.1:" + std::to_string(daybook::test::free_port()) + "/none"),
               StoreUnavailable);
}

}  // namespace
}  // namespace daybook::log::test
