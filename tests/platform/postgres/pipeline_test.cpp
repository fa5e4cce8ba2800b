#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::pg {
namespace {

class PostgresPipeline : public testing::Test {
 protected:
  PostgresPipeline() { connection.exec("CREATE TEMP TABLE t (n int8 CONSTRAINT once UNIQUE)"); }

  std::vector<Statement> insert(std::int64_t first, std::int64_t second) {
    return {{"BEGIN", {}},
            {"INSERT INTO t VALUES ($1)", Params().int64(first)},
            {"INSERT INTO t VALUES ($1)", Params().int64(second)},
            {"SELECT count(*) FROM t", {}},
            {"COMMIT", {}}};
  }
  std::int64_t count() { return connection.exec("SELECT count(*) FROM t").int64(0, 0); }

  Connection connection{test::PostgresServer::shared().url()};
};

TEST_F(PostgresPipeline, AnswersComeInTheOrderOfTheStatements) {
  const auto results = connection.pipeline(insert(1, 2));
  ASSERT_EQ(results.size(), 5u);
  EXPECT_EQ(results[1].affected(), 1);
  EXPECT_EQ(results[3].int64(0, 0), 2);
  EXPECT_EQ(connection.transaction_state(), TransactionState::idle);
  EXPECT_EQ(connection.pipeline(insert(3, 4))[3].int64(0, 0), 4);
}

TEST_F(PostgresPipeline, TheFirstErrorIsThrownAndNothingIsLeft) {
  try {
    connection.pipeline(insert(1, 1));
    FAIL();
  } catch (const UniqueViolation& violation) {
    EXPECT_EQ(violation.constraint(), "once");
  }
  EXPECT_EQ(connection.transaction_state(), TransactionState::idle);
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(connection.pipeline(insert(1, 2))[3].int64(0, 0), 2);
}

TEST_F(PostgresPipeline, AStatementThatDoesNotParseLeavesTheConnectionUsable) {
  const std::vector<Statement> wrong{{"BEGIN", {}}, {"SELEC 1", {}}, {"COMMIT", {}}};
  EXPECT_THROW(connection.pipeline(wrong), Error);
  EXPECT_EQ(connection.pipeline(insert(1, 2)).size(), 5u);
}

TEST_F(PostgresPipeline, LargeRequestsAndLargeAnswersDoNotBlockEachOther) {
  const std::string megabyte(1 << 20, 'x');
  const std::vector<Statement> statements(32, Statement{"SELECT $1::text", Params().text(megabyte)});
  const auto results = connection.pipeline(statements);
  ASSERT_EQ(results.size(), 32u);
  EXPECT_EQ(results[31].get(0, 0)->size(), megabyte.size());
}

TEST_F(PostgresPipeline, ALostConnectionInTheMiddleIsSaid) {
  const std::vector<Statement> suicide{{"BEGIN", {}},
                                       {"INSERT INTO t VALUES (1)", {}},
                                       {"SELECT pg_terminate_backend(pg_backend_pid())", {}},
                                       {"COMMIT", {}}};
  EXPECT_THROW(connection.pipeline(suicide), ConnectionLost);
  EXPECT_FALSE(connection.alive());
}

TEST_F(PostgresPipeline, PastTheLimitOfPreparedStatementsItStillWorks) {
  for (std::size_t i = 0; i < Connection::prepared_statements_max + 10; ++i) {
    const std::vector<Statement> one{{"SELECT " + std::to_string(i), {}}};
    EXPECT_EQ(connection.pipeline(one)[0].int64(0, 0), static_cast<std::int64_t>(i));
  }
  const auto kept = connection.exec("SELECT count(*) FROM pg_prepared_statements").int64(0, 0);
  EXPECT_EQ(kept, static_cast<std::int64_t>(Connection::prepared_statements_max));
}

}  // namespace
}  // namespace daybook::pg
