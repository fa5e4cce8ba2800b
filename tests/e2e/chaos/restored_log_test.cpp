// The database is replaced by an older copy of itself while Daybook runs, as after a restore or a fail-over
// that lost its tail.
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"
#include "tests/e2e/kafka_server.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test::restored_log_test {
namespace {

constexpr std::chrono::seconds notice_limit{60};

class RestoredLog : public ::testing::Test {
 protected:
  // Sessions to the database end, and none is let in, while `work` is done.
  template <class Work>
  void undisturbed(const std::string& database, Work work) {
    pg::Connection admin(server_.url());
    const auto name = pg::quote_identifier(database);
    admin.exec("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    EXPECT_TRUE(wait_until([&] {
      admin.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
      return admin.exec("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")
                 .int64(0, 0) == 0;
    }));
    work(admin, name);
    admin.exec("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }
  void copy(const std::string& database) {
    undisturbed(database, [](pg::Connection& admin, const std::string& name) {
      admin.exec("CREATE DATABASE older_copy TEMPLATE " + name);
    });
  }
  void put_back(const std::string& database) {
    undisturbed(database, [](pg::Connection& admin, const std::string& name) {
      admin.exec("ALTER DATABASE " + name + " RENAME TO lost");
      admin.exec("ALTER DATABASE older_copy RENAME TO " + name);
    });
  }
  static std::string name_in(const std::string& url) {
    const auto from = url.find('/', url.find("//") + 2) + 1;
    return url.substr(from, url.find('?') - from);
  }

  void expect_to_stop(const std::string& brokers);

  PostgresServer server_{{.of_its_own = true}};
};

void RestoredLog::expect_to_stop(const std::string& brokers) {
  // Given a copy of the log from before the last issues
  DaybookProcess daybook(Surroundings{.kafka_brokers = brokers, .database_url = server_.fresh_database()});
  const auto database = name_in(daybook.database_url());
  Team team(daybook);
  team.issue("before the copy");
  copy(database);
  const auto served = [&] {
    Caller owner(daybook, team.owner.token);
    return owner.post(team.in("/issues"), object("title", "after the copy")).status == 201;
  };
  ASSERT_TRUE(wait_until(served, notice_limit)) << daybook.output();
  for (int i = 0; i < 5; ++i) team.issue("lost " + std::to_string(i));

  // When it is put in place of the log
  put_back(database);

  // Then the projector stops and says why, and the process is ready no more
  Caller anybody(daybook);
  EXPECT_TRUE(wait_until([&] { return daybook.output().find("rebuild") != std::string::npos; }, notice_limit))
      << daybook.output();
  EXPECT_TRUE(wait_until([&] { return anybody.get("//readyz").status == 503; }, notice_limit))
      << daybook.output();
  EXPECT_NE(daybook.output().find("the projector has stopped: "), std::string::npos) << daybook.output();
}

TEST_F(RestoredLog, ReadModelsStopWithASentenceInsteadOfMixingTwoHistories) { expect_to_stop(""); }

TEST_F(RestoredLog, SoDoThoseThatReadFromKafka) {
  const auto kafka = KafkaServer::try_start();
  if (!kafka) GTEST_SKIP() << "Kafka's jars could not be fetched from Maven Central.";
  expect_to_stop(kafka->brokers());
}

}  // namespace
}  // namespace daybook::test::restored_log_test
