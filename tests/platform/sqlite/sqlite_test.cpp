#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "platform/sqlite/database.hpp"
#include "tests/support/support.hpp"

namespace daybook::sqlite {
namespace {

// As another program would make it.
void make(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

std::vector<Cells> all(Database& database, const std::string& sql, const std::vector<std::string>& parameters = {}) {
  std::vector<Cells> rows;
  database.read(sql, parameters, [&](const Cells& cells) { rows.push_back(cells); });
  return rows;
}

class Sqlite : public testing::Test {
 protected:
  test::TempDir folder_;
  std::filesystem::path file_ = folder_ / "theirs.db";
};

TEST_F(Sqlite, ShowsEveryKindOfValueAsText) {
  make(file_, "CREATE TABLE things (a, b, c, d, e); INSERT INTO things VALUES (NULL, 9007199254740993, 0.1, 'häuser', x'0041')");
  Database database(file_);
  const auto rows = all(database, "SELECT * FROM things");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], (Cells{std::nullopt, "9007199254740993", "0.1", "häuser", std::string("\0A", 2)}));
}

TEST_F(Sqlite, NumbersKeepTheirDigits) {
  make(file_, "CREATE TABLE things (a REAL); INSERT INTO things VALUES (0.30000000000000004)");
  Database database(file_);
  EXPECT_EQ(all(database, "SELECT a FROM things").at(0).at(0), "0.30000000000000004");
}

TEST_F(Sqlite, TellsTheColumnsAndTakesParameters) {
  make(file_, "CREATE TABLE things (\"theName\" TEXT, two INTEGER); INSERT INTO things VALUES ('x', 1), ('it''s', 2)");
  Database database(file_);
  EXPECT_EQ(database.columns("SELECT * FROM things"), (std::vector<std::string>{"theName", "two"}));
  EXPECT_EQ(all(database, "SELECT two FROM things WHERE theName = ?", {"it's"}).at(0).at(0), "2");
}

TEST_F(Sqlite, ShowsTheFileAsItStoodWhenItWasOpened) {
  make(file_, "PRAGMA journal_mode = WAL; CREATE TABLE things (a); INSERT INTO things VALUES (1)");
  Database database(file_);
  make(file_, "INSERT INTO things VALUES (2)");
  EXPECT_EQ(all(database, "SELECT count(*) FROM things").at(0).at(0), "1");
}

TEST_F(Sqlite, RefusesWhatIsNotThereAndWhatIsNoDatabase) {
  EXPECT_THROW(Database(folder_ / "missing.db"), Error);
  std::ofstream(file_) << std::string(4096, 'x');
  EXPECT_THROW(Database{file_}, Error);
}

TEST_F(Sqlite, NeverWrites) {
  make(file_, "CREATE TABLE things (a)");
  Database database(file_);
  EXPECT_THROW(all(database, "INSERT INTO things VALUES (1)"), Error);
}

TEST_F(Sqlite, QuotesNames) { EXPECT_EQ(quote_identifier("o\"r"), "\"o\"\"r\""); }

}  // namespace
}  // namespace daybook::sqlite
