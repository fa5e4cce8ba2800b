#include "platform/postgres/migrations.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/support/postgres_server.hpp"

namespace daybook::pg {
namespace {

using test::PostgresServer;
using Numbers = std::vector<int>;

class PostgresMigrations : public testing::Test {
 protected:
  std::string url = PostgresServer::shared().fresh_database();
  Connection connection{url};
  std::vector<Migration> steps{{1, "first", "CREATE TABLE a (n int); INSERT INTO a VALUES (1)"},
                               {2, "second", "UPDATE a SET n = n + 1"},
                               {3, "third", "UPDATE a SET n = n + 1"},
                               {4, "fourth", "UPDATE a SET n = n + 1"}};
  std::span<const Migration> up_to(std::size_t count) { return std::span(steps).first(count); }
  std::int64_t value() { return connection.exec("SELECT n FROM a").int64(0, 0); }
};

TEST_F(PostgresMigrations, EachStepIsAppliedOnce) {
  EXPECT_EQ(migrate(connection, "log", up_to(2)), (Numbers{1, 2}));
  EXPECT_EQ(migrate(connection, "log", up_to(2)), Numbers{});
  EXPECT_EQ(migrate(connection, "log", up_to(3)), Numbers{3});
  EXPECT_EQ(value(), 3);
}

TEST_F(PostgresMigrations, AStepThatFailsLeavesNothingBehindAndTheOnesBeforeIt) {
  steps[1].sql = "UPDATE a SET n = 9; SELECT 1/0";
  EXPECT_THROW(migrate(connection, "log", up_to(2)), Error);
  EXPECT_EQ(value(), 1);
  EXPECT_EQ(connection.exec("SELECT max(number) FROM log.migrations").int64(0, 0), 1);
}

TEST_F(PostgresMigrations, AChangedStepIsRefused) {
  migrate(connection, "log", up_to(2));
  steps[0].sql += " ";
  EXPECT_THROW(migrate(connection, "log", up_to(3)), MigrationRefused);
  EXPECT_EQ(value(), 2);
}

TEST_F(PostgresMigrations, OneStepAheadIsAcceptedAndTwoAreNot) {
  migrate(connection, "log", up_to(4));
  EXPECT_EQ(migrate(connection, "log", up_to(3)), Numbers{});
  try {
    migrate(connection, "log", up_to(2));
    FAIL();
  } catch (const MigrationRefused& refused) {
    EXPECT_NE(std::string(refused.what()).find("newer Daybook"), std::string::npos);
  }
}

TEST_F(PostgresMigrations, TwoProcessesAtOnceApplyEachStepOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      Connection mine(url);
      migrate(mine, "log", steps);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(value(), 4);
}

TEST_F(PostgresMigrations, FilesAreReadInOrderOfTheirNumber) {
  const test::TempDir folder;
  std::ofstream(folder / "0002_b.sql") << "two";
  std::ofstream(folder / "0001_a-x.sql") << "one";
  std::ofstream(folder / "README.md") << "ignored";
  const auto loaded = load_migrations(folder.path());
  ASSERT_EQ(loaded.size(), 2u);
  EXPECT_EQ(loaded[0].number, 1);
  EXPECT_EQ(loaded[0].name, "a-x");
  EXPECT_EQ(loaded[1].sql, "two");
}

TEST_F(PostgresMigrations, AHoleARepeatedNumberAndAMissingFolderAreRefused) {
  const test::TempDir folder;
  std::ofstream(folder / "0001_a.sql") << "one";
  std::ofstream(folder / "0003_c.sql") << "three";
  EXPECT_THROW((void)load_migrations(folder.path()), MigrationRefused);
  std::filesystem::rename(folder / "0003_c.sql", folder / "0001_c.sql");
  EXPECT_THROW((void)load_migrations(folder.path()), MigrationRefused);
  EXPECT_THROW((void)load_migrations(folder / "missing"), MigrationRefused);
}

}  // namespace
}  // namespace daybook::pg
