#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"

namespace daybook::pg {
namespace {

TEST(PostgresUrl, DriverSuffixIsDropped) {
  EXPECT_EQ(normalise_url("postgresql+asyncpg://u:p+q@h:5433/d?sslmode=require"),
            "postgresql://u:p+q@h:5433/d?sslmode=require");
  EXPECT_EQ(normalise_url("postgres+psycopg://h/d"), "postgres://h/d");
  EXPECT_EQ(normalise_url("PostgreSQL+Pg8000://h/d"), "postgresql://h/d");
}

TEST(PostgresUrl, OtherFormsPassUnchanged) {
  EXPECT_EQ(normalise_url("postgresql://h/a+b"), "postgresql://h/a+b");
  EXPECT_EQ(normalise_url("host=/tmp dbname=d options='-c a=b'"), "host=/tmp dbname=d options='-c a=b'");
  EXPECT_EQ(normalise_url(""), "");
}

TEST(PostgresUrl, SqliteIsRefusedWithASentence) {
  for (const char* url : {"sqlite:///data.db", "sqlite+aiosqlite:///data.db", "SQLite:data.db"}) {
    try {
      (void)normalise_url(url);
      ADD_FAILURE() << url;
    } catch (const std::invalid_argument& refused) {
      EXPECT_NE(std::string(refused.what()).find("brings its own PostgreSQL"), std::string::npos);
    }
  }
}

TEST(PostgresIdentifier, QuotesAreDoubled) { EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\""); }

TEST(PostgresCopyCell, SeparatorsAndBackslashesAreEscaped) {
  std::string rows;
  append_copy_cell(rows, "a\tb\nc\\d\re");
  rows += '\t';
  append_copy_cell(rows, std::nullopt);
  EXPECT_EQ(rows, "a\\tb\\nc\\\\d\\re\t\\N");
}

}  // namespace
}  // namespace daybook::pg
