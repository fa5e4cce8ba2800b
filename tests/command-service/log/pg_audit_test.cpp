// Somebody with all the rights of the database's owner, triggers switched off, against the audit.
#include "command-service/log/pg_audit.hpp"

#include <gtest/gtest.h>

#include "command-service/log/pg_store.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::log::test {
namespace {

// Twelve events: a stream of three versions and nine births, in batches of 1, 4 and 7.
class PostgresAudit : public testing::Test {
 protected:
  PostgresAudit() {
    PgStore::migrate(url);
    PgStore::initialise(url, "fingerprint");
    store.emplace(url, PgStoreOptions{.allow_unsafe = true});
    const auto stream = new_stream();
    append(*store, {some_event(stream, 1)});
    auto second = births(3);
    second.push_back(some_event(stream, 2));
    append(*store, second);
    auto third = births(6);
    third.push_back(some_event(stream, 3));
    append(*store, third);
    admin.exec("SET session_replication_role = replica");  // no triggers
  }
  AuditReport audit() {
    PgAuditSnapshot snapshot(url);
    return verify(snapshot, snapshot);
  }
  void expect_bad(std::int64_t position, std::string_view why) {
    const auto report = audit();
    ASSERT_TRUE(report.first_bad);
    EXPECT_EQ(report.first_bad->value, position) << report.why;
    EXPECT_NE(report.why.find(why), std::string::npos) << report.why;
    EXPECT_FALSE(report.sound());
  }
  // Writes an event anew with the leaf it would have had.
  void forge(std::int64_t position, const std::string& data) {
    auto event = all_events(*store)[static_cast<std::size_t>(position - 1)];
    event.data = data;
    admin.exec(
        "UPDATE log.events SET data = $1, leaf = $2 WHERE position = $3",
        pg::Params().text(data).bytea(events::leaf_of(store->identity().log_id, event)).int64(position));
  }

  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  std::optional<PgStore> store;
  pg::Connection admin{url};
};

TEST_F(PostgresAudit, AnUntouchedLogIsSound) {
  const auto report = audit();
  EXPECT_TRUE(report.sound()) << report.why;
  EXPECT_EQ(report.events, 12);
  EXPECT_EQ(report.batches, 3);
  EXPECT_EQ(report.streams, 10);
  EXPECT_EQ(report.head, Position{12});
  EXPECT_EQ(report.root, store->head().root);
}

TEST_F(PostgresAudit, AChangedByteIsFoundWhereItIs) {
  admin.exec("UPDATE log.events SET data = replace(data::text, 'Ada', 'Eda')::json WHERE position = 7");
  expect_bad(7, "hash");
}

TEST_F(PostgresAudit, WhiteSpaceThatJsonDoesNotMindIsFound) {
  admin.exec("UPDATE log.events SET data = (data::text || ' ')::json WHERE position = 3");
  expect_bad(3, "hash");
}

TEST_F(PostgresAudit, AChangedColumnIsFound) {
  for (const std::string change : {"actor_id = gen_random_uuid()", "workspace_id = NULL",
                                   "occurred_at = occurred_at + interval '1 microsecond'", "depth = 4",
                                   "personal = NULL", "event_type = 'issue.closed'", "via_type = 'none'"}) {
    admin.exec("CREATE TABLE public.before AS SELECT * FROM log.events WHERE position = 5");
    admin.exec("UPDATE log.events SET " + change + " WHERE position = 5");
    const auto report = audit();
    EXPECT_EQ(report.first_bad, Position{5}) << change;
    admin.exec(
        "DELETE FROM log.events WHERE position = 5; INSERT INTO log.events SELECT * FROM public.before; DROP "
        "TABLE public.before");
  }
  EXPECT_TRUE(audit().sound());
}

TEST_F(PostgresAudit, AWordNobodyKnowsIsFoundWhereItIs) {
  admin.exec("UPDATE log.events SET origin = 'nowhere' WHERE position = 9");
  expect_bad(9, "nowhere");
}

TEST_F(PostgresAudit, TwoEventsThatChangedPlacesAreFoundAtTheFirst) {
  admin.exec(
      "UPDATE log.events SET position = 1000 WHERE position = 7; UPDATE log.events SET position = 7 WHERE "
      "position = 10;"
      " UPDATE log.events SET position = 10 WHERE position = 1000");
  expect_bad(7, "hash");
}

TEST_F(PostgresAudit, AnEventThatIsGoneIsFound) {
  admin.exec("DELETE FROM log.events WHERE position = 4");
  expect_bad(4, "no event");
}

TEST_F(PostgresAudit, AnEventThatIsGoneIsFoundThoughTheOthersClosedUp) {
  admin.exec("DELETE FROM log.events WHERE position = 4");
  for (int position = 5; position <= 12; ++position)
    admin.exec("UPDATE log.events SET position = position - 1 WHERE position = $1",
               pg::Params().int64(position));
  expect_bad(4, "hash");
}

TEST_F(PostgresAudit, ATailCutOffIsFound) {
  admin.exec("DELETE FROM log.events WHERE position > 10");
  expect_bad(11, "ends here");
}

TEST_F(PostgresAudit, AnEventSlippedInBehindTheEndIsFound) {
  admin.exec(
      "INSERT INTO log.events SELECT 13, event_id, stream_type, gen_random_uuid(), 1, event_type, "
      "schema_version, workspace_id,"
      " actor_type, actor_id, via_type, via_id, origin, correlation_id, causation_id, depth, recorded_at, "
      "occurred_at, data,"
      " personal, leaf FROM log.events WHERE position = 12");
  expect_bad(13, "beyond");
}

TEST_F(PostgresAudit, AForgedEventWithItsOwnHashIsFoundByTheRootOfItsBatch) {
  forge(4, R"({"title":"forged"})");
  expect_bad(2, "positions 2 to 5");
}

TEST_F(PostgresAudit, AForgedRootIsFoundAtItsBatch) {
  admin.exec("UPDATE log.heads SET root = sha256('x') WHERE position = 12");
  expect_bad(6, "root");
  admin.exec("UPDATE log.heads SET frontier = frontier || '\\x00' WHERE position = 5");
  expect_bad(2, "frontier");
}

TEST_F(PostgresAudit, AStreamVersionThatIsSkippedIsFound) {
  auto opened = store->open_batch(Position{12}, {});
  store->write_batch(batch_after(store->identity(), opened.head,
                                 {some_event(new_stream(), 1), some_event(new_stream(), 2)}));
  expect_bad(14, "where 1 is due");
}

TEST_F(PostgresAudit, AClockThatWentBackIsFound) {
  auto opened = store->open_batch(Position{12}, {});
  auto head = opened.head;
  head.recorded_at -= std::chrono::hours(1);
  store->write_batch(batch_after(store->identity(), head, births(1)));
  expect_bad(13, "before");
}

TEST_F(PostgresAudit, WhatIsAppendedWhileItReadsDoesNotDisturbIt) {
  PgAuditSnapshot snapshot(url);
  EXPECT_EQ(snapshot.head(), Position{12});
  append(*store, births(5));
  const auto report = verify(snapshot, snapshot);
  EXPECT_TRUE(report.sound()) << report.why;
  EXPECT_EQ(report.events, 12);
}

TEST_F(PostgresAudit, TheSideTablesReadAsTheyWereWritten) {
  auto opened = store->open_batch(Position{12}, {});
  auto batch = batch_after(store->identity(), opened.head, births(1));
  const auto stream = batch.events[0].stream_id;
  const Reference reference{events::StreamType::issue, std::nullopt, new_stream(), true};
  batch.claims[{"slug", "a"}] = stream;
  batch.references[stream] = reference;
  batch.counters[{"n", stream}] = 1;
  batch.relations[{"blocks", stream.value, reference.container->value}] = true;
  store->write_batch(batch);
  opened = store->open_batch(Position{13}, {});
  batch = batch_after(store->identity(), opened.head, births(1));
  batch.counters[{"n", stream}] = 2;
  store->write_batch(batch);

  PgAuditSnapshot snapshot(url);
  int seen = 0;
  snapshot.each_claim([&](const ClaimKey& claim, StreamId holder) {
    seen += claim == ClaimKey{"slug", "a"} && holder == stream;
  });
  snapshot.each_reference(
      [&](StreamId id, const Reference& found) { seen += id == stream && found == reference; });
  snapshot.each_counter(
      [&](const CounterKey& counter, std::int64_t value) { seen += counter.scope == "n" && value == 2; });
  snapshot.each_relation([&](const Edge& edge) { seen += edge.from == stream.value; });
  EXPECT_EQ(seen, 4);
}

}  // namespace
}  // namespace daybook::log::test
