// The database is restored to an older point while its consumers run: each stops with a sentence, drops nothing silently,
// and goes on under the new epoch once its results were built again.
#include <gtest/gtest.h>

#include "command-service/log/epoch.hpp"
#include "command-service/log/pg_reader.hpp"
#include "command-service/log/pg_store.hpp"
#include "platform/kafka/mock_cluster.hpp"
#include "projector/projector.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/command-service/relay/office.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::relay::test::restore_test {
namespace {

using daybook::test::PostgresServer;
using daybook::test::wait_until;
using log::PgReader;
using log::PgStore;
constexpr auto limit = std::chrono::seconds(60);

text::Instant at(const std::string& time) { return *text::parse_instant(time); }

class Restore : public testing::Test {
 protected:
  Restore() {
    PgStore::migrate(url);
    PgStore::initialise(url, "fingerprint");
    projector::test::History history(projector::test::id_of<events::UserId>(1));
    const auto space = projector::test::id_of<events::WorkspaceId>(2);
    events::workspace::Created created{};
    created.name = "First";
    history.workspace(space, created);
    for (int i = 0; i < 9; ++i) history.workspace(space, events::workspace::Renamed{"Name " + std::to_string(i)});
    const auto events = history.take();
    kept.assign(events.begin(), events.begin() + 5);
    lost.assign(events.begin() + 5, events.end());
    append(kept);
  }

  void append(const std::vector<Envelope>& events) {
    PgStore store(url, {.allow_unsafe = true});
    log::test::append(store, events);
  }
  // Nobody may be connected to what is copied.
  void back_up() { copy_database(name, backup); }
  void restore() { copy_database(backup, name); }
  void copy_database(const std::string& from, const std::string& to) {
    ASSERT_TRUE(wait_until(
        [&] {
          return admin.exec("SELECT FROM pg_stat_activity WHERE datname = $1", pg::Params().text(from)).empty();
        },
        limit));
    admin.exec("DROP DATABASE IF EXISTS " + pg::quote_identifier(to) + " WITH (FORCE)");
    admin.exec("CREATE DATABASE " + pg::quote_identifier(to) + " TEMPLATE " + pg::quote_identifier(from));
  }
  static std::string name_of(const std::string& url) {
    return pg::Connection(url).exec("SELECT current_database()").text(0, 0);
  }

  PostgresServer& server = PostgresServer::shared();
  const std::string url = server.fresh_database();
  const std::string name = name_of(url);
  const std::string backup = name_of(server.fresh_database());
  pg::Connection admin{server.fresh_database()};
  std::vector<Envelope> kept, lost;
};

TEST_F(Restore, AReaderNeverTakesOtherEventsForThoseAfterTheOnesItHasRead) {
  back_up();
  append(lost);
  PgReader reader(url);
  EXPECT_EQ(reader.read(Position{0}, 100, 1 << 20).size(), 10u);
  restore();
  append(log::test::births(20));
  EXPECT_THROW((void)reader.read(Position{10}, 100, 1 << 20), events::LogReplaced);
  EXPECT_THROW((void)reader.wait_beyond(Position{10}, 1), events::LogReplaced);
  EXPECT_EQ(reader.identity().epoch, events::Epoch{1});  // from here on it reads what is there now
  EXPECT_EQ(reader.read(Position{0}, 100, 1 << 20).size(), 25u);
}

TEST_F(Restore, ARunningStoreAppendsNothingToALogThatLostItsBatches) {
  back_up();
  PgStore store(url, {.allow_unsafe = true});
  log::test::append(store, lost);
  restore();
  EXPECT_THROW(log::test::append(store, log::test::births(1)), std::logic_error);
  EXPECT_EQ(PgReader(url).head(), Position{5});
}

TEST_F(Restore, UnderANewEpochNobodyOfTheOldOneAppendsOrReadsOn) {
  PgStore store(url, {.allow_unsafe = true});
  PgReader reader(url);
  EXPECT_EQ(reader.head(), Position{5});
  const auto opened = log::open_epoch(url, {}, at("2026-11-21T08:00:00.000000Z"));
  EXPECT_TRUE(opened.audit.sound());
  EXPECT_EQ(opened.audit.events, 5);
  EXPECT_EQ(opened.identity.epoch.value, 1795248000);  // the second it was opened in
  EXPECT_EQ(opened.topic, "daybook.events.1.e1795248000");
  EXPECT_THROW(log::test::append(store, log::test::births(1)), std::logic_error);
  EXPECT_THROW((void)reader.wait_beyond(Position{5}, 60000), events::LogReplaced);
  EXPECT_EQ(PgStore(url, {.allow_unsafe = true}).identity(), opened.identity);

  // Even with a clock that went back, no number comes twice; and the topic's name does not grow.
  const auto again = log::open_epoch(url, {}, at("2020-01-01T00:00:00.000000Z"));
  EXPECT_EQ(again.identity.epoch.value, 1795248001);
  EXPECT_EQ(log::current_topic(url), "daybook.events.1.e1795248001");
}

TEST_F(Restore, ALogThatIsNotSoundGetsNoNewEpoch) {
  pg::Connection owner(url);
  owner.exec("ALTER TABLE log.events DISABLE TRIGGER events_append_only");
  owner.exec("UPDATE log.events SET actor_type = 'agent' WHERE position = 3");
  const auto opened = log::open_epoch(url, {}, at("2026-11-21T08:00:00.000000Z"));
  EXPECT_EQ(opened.audit.first_bad, Position{3});
  EXPECT_EQ(opened.identity.epoch, events::Epoch{1});
  EXPECT_EQ(owner.exec("SELECT epoch FROM log.identity").int64(0, 0), 1);
  EXPECT_EQ(opened.topic, "daybook.events.1");
  EXPECT_EQ(log::current_topic(url), "daybook.events.1");
}

TEST_F(Restore, TheRelaySendsNothingToTheOldTopicAndFillsANewOne) {
  kafka::MockCluster cluster;
  cluster.create_topic(topic, partitions);
  back_up();
  append(lost);
  RunningRelay relay({.database_url = url, .brokers = cluster.brokers(), .retry_interval_ms = 50},
                     std::make_unique<PgReader>(url));
  ASSERT_TRUE(relay.stored_within_limit(10)) << relay.stats().last_error;

  restore();
  append(log::test::births(7));  // at positions that consumers have seen, and beyond
  EXPECT_TRUE(wait_until(
      [&] { return relay.stats().last_error.find("doctor --after-restore") != std::string::npos; }, limit))
      << relay.stats().last_error;
  EXPECT_EQ(hear(cluster.brokers()).messages, 10u);

  const auto opened = log::open_epoch(url, {}, at("2026-11-21T08:00:00.000000Z"));
  cluster.create_topic(opened.topic, partitions);
  const auto whole = [&] { return relay.stats().leads && relay.stats().position == Position{12}; };
  ASSERT_TRUE(wait_until(whole, limit)) << relay.stats().last_error;
  const auto heard = hear(cluster.brokers(), opened.topic);
  EXPECT_EQ(heard.positions.size(), 12u);
  EXPECT_EQ(heard.broken_chains, 0u);
  for (const auto& [partition, records] : heard.by_partition)
    for (const auto& record : records) EXPECT_EQ(record.epoch, opened.identity.epoch);
  EXPECT_EQ(hear(cluster.brokers()).messages, 10u);
}

TEST_F(Restore, TheProjectorStopsWithASentenceAndGoesOnWhenItsReadModelsWereBuiltAgain) {
  daybook::test::TempDir folder;
  const projector::Options options{url, folder.path(), projector::current_generation, false};
  const auto make = [&] {
    // The source reads ahead on a thread of its own, so it has a reader of its own.
    const auto source = std::make_shared<PgReader>(url), reader = std::make_shared<PgReader>(url);
    return std::make_unique<projector::Projector>(options, std::make_unique<projector::LogSource>(source), reader,
                                                  std::make_shared<projector::test::HexOpener>(),
                                                  std::make_shared<projector::Progress>());
  };
  back_up();
  append(lost);
  std::string sentence;
  auto running = make();
  running->project_to(Position{10}, [](Position) {});
  std::jthread thread([&](std::stop_token stop) {
    try {
      running->run(stop);
    } catch (const std::exception& stopped) {
      sentence = stopped.what();
    }
  });
  restore();
  append(lost);  // the same positions, other events: their ids and times are new
  thread.join();
  EXPECT_NE(sentence.find("daybook rebuild"), std::string::npos) << sentence;
  running.reset();

  ASSERT_TRUE(log::open_epoch(url, {}, at("2026-11-21T08:00:00.000000Z")).audit.sound());
  EXPECT_THROW(make()->project_to(Position{10}, [](Position) {}), std::exception);
  projector::Projector::drop(options);
  const auto rebuilt = make();
  rebuilt->project_to(Position{10}, [](Position) {});
  EXPECT_EQ(rebuilt->position(), Position{10});
}

}  // namespace
}  // namespace daybook::relay::test::restore_test
