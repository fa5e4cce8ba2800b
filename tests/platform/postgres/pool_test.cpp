#include "platform/postgres/pool.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/support/postgres_server.hpp"

namespace daybook::pg {
namespace {

using namespace std::chrono_literals;
using test::PostgresServer;

TEST(PostgresPool, NoMoreThanTheLimitAreOutAtOnce) {
  Pool pool(PostgresServer::shared().url(), {.connections_max = 2});
  auto first = pool.lease(1s);
  auto second = pool.lease(1s);
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(pool.lease(1ms).has_value());
  auto waiting = std::async(std::launch::async, [&] { return pool.lease(10s).has_value(); });
  first.reset();
  EXPECT_TRUE(waiting.get());
}

TEST(PostgresPool, AConnectionIsUsedAgain) {
  int made = 0;
  Pool pool(PostgresServer::shared().url(), {.on_connect = [&](Connection&) { ++made; }});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE((*pool.lease(1s))->ping());
  EXPECT_EQ(made, 1);
  EXPECT_EQ(pool.idle(), 1u);
  EXPECT_EQ(pool.in_use(), 0u);
}

TEST(PostgresPool, AnOpenTransactionIsRolledBackOnReturn) {
  Pool pool(PostgresServer::shared().url(), {.connections_max = 1});
  (*pool.lease(1s))->exec("BEGIN");
  EXPECT_EQ((*pool.lease(1s))->transaction_state(), TransactionState::idle);
}

TEST(PostgresPool, ABrokenConnectionIsReplaced) {
  Pool pool(PostgresServer::shared().url(), {.connections_max = 1});
  EXPECT_THROW((*pool.lease(1s))->exec("SELECT pg_terminate_backend(pg_backend_pid())"), ConnectionLost);
  EXPECT_TRUE((*pool.lease(1s))->ping());
}

TEST(PostgresPool, AServerThatStartsAgainIsFoundAgain) {
  auto& server = PostgresServer::own();
  Pool pool(server.url(), {.connections_max = 1});
  EXPECT_TRUE((*pool.lease(1s))->ping());
  server.stop();
  EXPECT_THROW((void)pool.lease(1s), ConnectionLost);
  EXPECT_EQ(pool.in_use(), 0u);
  server.start();
  EXPECT_TRUE((*pool.lease(1s))->ping());
}

TEST(PostgresPool, ALeaseMayOutliveThePool) {
  std::optional<Pool::Lease> lease;
  {
    Pool pool(PostgresServer::shared().url());
    lease = pool.lease(1s);
  }
  EXPECT_TRUE((*lease)->ping());
}

}  // namespace
}  // namespace daybook::pg
