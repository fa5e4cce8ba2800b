#include "platform/postgres/params.hpp"

#include <gtest/gtest.h>

#include <array>

#include "platform/postgres/connection.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::pg {
namespace {

class PostgresParams : public testing::Test {
 protected:
  Connection connection{test::PostgresServer::shared().url()};
};

std::string every_byte() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  return bytes;
}

TEST_F(PostgresParams, ScalarsComeBackAsTheyWent) {
  const std::array<std::uint8_t, 3> three{0, 1, 255};
  const auto row = connection.exec(
      "SELECT $1::text, $2::int8, $3::float8, $4::bool, $5::bytea, $6::bytea, $7::text, $8::uuid",
      Params()
          .text("é\\'\"")
          .int64(INT64_MIN)
          .real(0.1)
          .boolean(true)
          .bytea(every_byte())
          .bytea(std::span<const std::uint8_t>(three))
          .null()
          .text("0192d0a0-0000-7000-8000-000000000001"));
  EXPECT_EQ(row.text(0, 0), "é\\'\"");
  EXPECT_EQ(row.int64(0, 1), INT64_MIN);
  EXPECT_EQ(row.real(0, 2), 0.1);
  EXPECT_TRUE(row.boolean(0, 3));
  EXPECT_EQ(row.bytea(0, 4), every_byte());
  EXPECT_EQ(row.bytea(0, 5), std::string("\0\1\xff", 3));
  EXPECT_TRUE(row.is_null(0, 6));
  EXPECT_EQ(row.text(0, 7), "0192d0a0-0000-7000-8000-000000000001");
}

TEST_F(PostgresParams, EmptyOptionalsAreNull) {
  const auto row = connection.exec("SELECT $1::text, $2::int8, $3::bytea, $4::text",
                                   Params()
                                       .text(std::optional<std::string>())
                                       .int64(std::optional<std::int64_t>())
                                       .bytea(std::optional<std::string>())
                                       .text(std::optional<std::string>("x")));
  for (int column : {0, 1, 2}) EXPECT_TRUE(row.is_null(0, column));
  EXPECT_EQ(row.optional_text(0, 3), "x");
  EXPECT_EQ(row.optional_int64(0, 1), std::nullopt);
}

TEST_F(PostgresParams, TextArraysKeepQuotesBracesEmptyTextAndTheWordNull) {
  const std::vector<std::optional<std::string>> values{"", "NULL", "a,b", "{\"\\}", std::nullopt, " x "};
  const auto rows = connection.exec("SELECT v FROM unnest($1::text[]) WITH ORDINALITY AS u(v, n) ORDER BY n",
                                    Params().text_array(values));
  ASSERT_EQ(rows.rows(), 6);
  for (int row = 0; row < 6; ++row) EXPECT_EQ(rows.optional_text(row, 0), values[row]);
}

TEST_F(PostgresParams, TextArraysFitOtherElementTypes) {
  const std::vector<std::string> ids{"0192d0a0-0000-7000-8000-000000000001"};
  EXPECT_EQ(connection.exec("SELECT ($1::uuid[])[1]", Params().text_array(ids)).text(0, 0), ids[0]);
}

TEST_F(PostgresParams, ByteaArraysKeepEveryByteAndNull) {
  const std::vector<std::optional<std::string>> values{every_byte(), std::nullopt, ""};
  const auto rows = connection.exec("SELECT v FROM unnest($1::bytea[]) WITH ORDINALITY AS u(v, n) ORDER BY n",
                                    Params().bytea_array(values));
  ASSERT_EQ(rows.rows(), 3);
  for (int row = 0; row < 3; ++row) EXPECT_EQ(rows.optional_bytea(row, 0), values[row]);
}

TEST_F(PostgresParams, NumberArraysKeepTheLimitsAndNull) {
  const std::vector<std::optional<std::int64_t>> values{INT64_MIN, std::nullopt, INT64_MAX};
  const auto rows = connection.exec("SELECT v FROM unnest($1::int8[]) WITH ORDINALITY AS u(v, n) ORDER BY n",
                                    Params().int64_array(values));
  ASSERT_EQ(rows.rows(), 3);
  for (int row = 0; row < 3; ++row) EXPECT_EQ(rows.optional_int64(row, 0), values[row]);
}

TEST_F(PostgresParams, EmptyArraysAreEmptyAndNotNull) {
  const auto row = connection.exec(
      "SELECT cardinality($1::text[]), cardinality($2::bytea[]), cardinality($3::int8[]), "
      "cardinality($4::bool[])",
      Params()
          .text_array(std::vector<std::string>())
          .bytea_array(std::vector<std::string>())
          .int64_array(std::vector<std::int64_t>())
          .boolean_array({}));
  for (int column = 0; column < 4; ++column) EXPECT_EQ(row.int64(0, column), 0);
}

}  // namespace
}  // namespace daybook::pg
