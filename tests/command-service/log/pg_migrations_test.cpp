#include "command-service/log/migrations.hpp"

#include <gtest/gtest.h>

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
