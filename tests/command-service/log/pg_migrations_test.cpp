#include "command-service/log/migrations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "command-service/log/pg_store.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::log::test {
namespace {

using daybook::test::PostgresServer;

TEST(LogMigrations, TheProgramCarriesTheFilesOfTheSourceTree) {
  const auto files = pg::load_migrations("schemas/migrations");
  const auto embedded = migrations();
  ASSERT_EQ(embedded.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(embedded[i].number, files[i].number);
    EXPECT_EQ(embedded[i].name, files[i].name);
    EXPECT_EQ(embedded[i].sql, files[i].sql);
  }
}

TEST(LogMigrations, ApplyOnceAndThenHaveNothingToDo) {
  const auto url = PostgresServer::shared().fresh_database();
  EXPECT_EQ(PgStore::migrate(url).size(), migrations().size());
  EXPECT_TRUE(PgStore::migrate(url).empty());
}

TEST(LogMigrations, AUserWhoMayNotMakeRolesCanMigrate) {
  const auto url = PostgresServer::shared().fresh_database();
  const auto role = daybook::test::random_name("plain_");
  pg::Connection admin(url);
  admin.exec("CREATE ROLE " + role);
  admin.exec("GRANT CREATE ON DATABASE " + admin.exec("SELECT quote_ident(current_database())").text(0, 0) +
             " TO " + role);
  admin.exec("SET ROLE " + role);
  EXPECT_EQ(pg::migrate(admin, "log", migrations()).size(), migrations().size());
  admin.exec("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role);
}

// A log from before a step.
class OlderLog {
 public:
  explicit OlderLog(std::string_view next) {
    const auto all = migrations();
    const auto end = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == next; });
    pg::migrate(connection_, "log", {all.begin(), end});
  }
  // An event, and with the first of its stream the stream.
  void add(const std::string& stream, const std::string& type, const std::string& data, const std::string& actor_type = "user") {
    const auto version = ++versions_[stream];
    if (version == 1)
      connection_.exec("INSERT INTO log.streams (stream_id, stream_type, deleted, restricted) VALUES ('" + stream + "', 'thing', false, false)");
    connection_.exec(
        "INSERT INTO log.events (position, event_id, stream_type, stream_id, stream_version, event_type, schema_version, actor_type, actor_id,"
        " via_type, origin, correlation_id, depth, recorded_at, occurred_at, data, leaf) VALUES (" +
        std::to_string(++position_) + ", gen_random_uuid(), 'thing', '" + stream + "', " + std::to_string(version) + ", '" + type + "', 1, '" +
        actor_type + "', '" + actor_ + "', 'none', 'command', gen_random_uuid(), 0, now(), now(), '" + data + "', sha256(''))");
  }
  void migrate() { pg::migrate(connection_, "log", migrations()); }
  std::string owner_of(const std::string& stream) {
    return connection_.exec("SELECT COALESCE(owner::text, 'nobody') FROM log.streams WHERE stream_id = '" + stream + "'").text(0, 0);
  }
  void claim(const std::string& scope, const std::string& key, const std::string& stream) {
    connection_.exec("INSERT INTO log.claims (scope, key, stream_id) VALUES ('" + scope + "', '" + key + "', '" + stream + "')");
  }
  std::map<std::string, std::string> claims(const std::string& scope) {
    std::map<std::string, std::string> held;
    const auto rows = connection_.exec("SELECT key, stream_id::text FROM log.claims WHERE scope = '" + scope + "'");
    for (int i = 0; i < rows.rows(); ++i) held.emplace(rows.text(i, 0), rows.text(i, 1));
    return held;
  }
  const std::string& actor() const { return actor_; }

 private:
  pg::Connection connection_{PostgresServer::shared().fresh_database()};
  std::string actor_ = "0190a1b2-0000-7000-8000-0000000000aa";
  std::map<std::string, int> versions_;
  int position_ = 0;
};

TEST(LogMigrations, ToWhomStreamsBelongIsTakenFromWhatWasSaidBefore) {
  const auto stream = [](int n) { return "0190a1b2-0000-7000-8000-00000000000" + std::to_string(n); };
  const auto owned_by = [](const std::string& owner) { return R"({"owner_id":")" + owner + R"("})"; };
  const std::string first = "0190a1b2-0000-7000-8000-0000000000f1", second = "0190a1b2-0000-7000-8000-0000000000f2";
  OlderLog log("owned_streams");
  log.add(stream(1), "project.created", owned_by(first));
  log.add(stream(2), "project.created", owned_by(first));
  log.add(stream(2), "project.owner_changed", owned_by(second));
  log.add(stream(3), "project.created", owned_by(first));
  log.add(stream(3), "project.owner_changed", "{}");
  log.add(stream(4), "skill.published", "{}");
  log.add(stream(5), "template.published", "{}");
  log.add(stream(6), "automation.defined", "{}");
  log.add(stream(7), "skill.published", "{}", "agent");
  log.add(stream(8), "issue.opened", "{}");
  log.migrate();
  EXPECT_EQ(log.owner_of(stream(1)), first);
  EXPECT_EQ(log.owner_of(stream(2)), second);
  EXPECT_EQ(log.owner_of(stream(3)), "nobody") << "it was given up";
  for (const int made : {4, 5, 6}) EXPECT_EQ(log.owner_of(stream(made)), log.actor());
  EXPECT_EQ(log.owner_of(stream(7)), "nobody") << "an agent made it";
  EXPECT_EQ(log.owner_of(stream(8)), "nobody");
}

TEST(LogMigrations, WhatKeepsIssuesFromBeginningIsTakenFromWhatWasSaidBefore) {
  const auto stream = [](int n) { return "0190a1b2-0000-7000-8000-00000000000" + std::to_string(n); };
  const auto opened = [&](int number, const std::string& more) {
    return R"({"number":)" + std::to_string(number) + R"(,"status":"todo","position":)" + std::to_string(number) + more + "}";
  };
  const auto below = R"(,"parent_id":")" + stream(9) + R"(")";
  OlderLog log("beginning");
  log.claim("dependency", "blocks:" + stream(1) + ":" + stream(2), stream(2));
  log.claim("dependency", "related:" + stream(1) + ":" + stream(3), stream(1));
  for (int n = 1; n <= 6; ++n) log.add(stream(n), "issue.opened", opened(n, below));
  log.add(stream(7), "issue.opened", opened(7, below + R"(,"execution_type":"parallel")"));
  log.add(stream(8), "issue.opened", opened(8, ""));
  log.add(stream(2), "issue.status_changed", R"({"status":"done"})");
  log.add(stream(3), "issue.deleted", "{}");
  log.add(stream(4), "issue.deleted", "{}");
  log.add(stream(4), "issue.restored", "{}");
  log.add(stream(5), "issue.parent_changed", "{}");
  log.add(stream(6), "issue.ranked", R"({"position":-1})");
  log.migrate();
  using Claims = std::map<std::string, std::string>;
  EXPECT_EQ(log.claims("blocked-by"), (Claims{{stream(2) + ":0190a1b2000070008000000000000001", stream(2)}}));
  EXPECT_EQ(log.claims("serial-turn"), (Claims{{stream(9) + ":80000000000000018000000000000001", stream(1)},
                                               {stream(9) + ":80000000000000048000000000000004", stream(4)},
                                               {stream(9) + ":7fffffffffffffff8000000000000006", stream(6)}}));
}

TEST(LogIdentity, IsMadeOnceAndKept) {
  const auto url = PostgresServer::shared().fresh_database();
  PgStore::migrate(url);
  const auto made = PgStore::initialise(url, "first");
  EXPECT_FALSE(made.log_id.is_nil());
  EXPECT_EQ(made.epoch, events::Epoch{1});
  EXPECT_EQ(made.key_fingerprint, "first");
  EXPECT_EQ(PgStore::initialise(url, "second"), made);
}

TEST(LogIdentity, IsNotMadeForALogThatLostItsOwn) {
  const auto url = PostgresServer::shared().fresh_database();
  PgStore::migrate(url);
  pg::Connection(url).exec(
      "INSERT INTO log.heads (position, recorded_at, batch_id, frontier, root)"
      " VALUES (7, now(), gen_random_uuid(), '', sha256(''))");
  EXPECT_THROW(PgStore::initialise(url, "first"), LogRefused);
}

}  // namespace
}  // namespace daybook::log::test
