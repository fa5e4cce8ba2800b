// Each way in which a deployment is broken says its own name, and a sound one has nothing to say.
#include "compose/daybook/doctor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/tools.hpp"
#include "platform/http/server.hpp"
#include "platform/kafka/mock_cluster.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/support.hpp"

namespace daybook::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* topic = "daybook.events.1";

class Doctor : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.database_url = test::PostgresServer::shared().fresh_database();
    config_.allow_unsafe = true;   // as the servers of tests are
    config_.keys = folder_ / "keys";
    config_.data = folder_ / "state";
    config_.listen = "127.0.0.1:0";
    host_.cgroup = folder_.path();
    ASSERT_EQ(init_keys(config_), 0);
    static_cast<void>(open_deployment(config_));
    pg::Connection connection(config_.database_url);
    projector::create_generation(connection, projector::current_generation);
  }

  std::vector<Finding> findings() {
    host_.now = system_now() + clock_wrong_by_;
    return examine(config_, host_);
  }
  // The checks that found something, in their order.
  std::vector<std::string> broken() {
    std::vector<std::string> names;
    for (const auto& finding : findings()) {
      if (finding.healthy) continue;
      names.push_back(finding.check);
      said_ += finding.detail + " " + finding.remedy + "\n";
      EXPECT_FALSE(finding.remedy.empty()) << finding.check;
    }
    return names;
  }
  void database(const std::string& order) { pg::Connection(config_.database_url).exec(order); }

  test::TempDir folder_;
  Config config_;
  Host host_;
  std::chrono::seconds clock_wrong_by_{0};
  std::string said_;
};

TEST_F(Doctor, HasNothingToSayOfASoundDeployment) {
  EXPECT_THAT(broken(), ElementsAre()) << said_;
  EXPECT_GE(findings().size(), 12U);
}

TEST_F(Doctor, NamesADatabaseThatDoesNotAnswer) {
  config_.database_url = "postgresql://127.0.0.1:" + std::to_string(test::free_port()) + "/nowhere";
  EXPECT_THAT(broken(), ElementsAre("database"));
  EXPECT_THAT(said_, HasSubstr("Start PostgreSQL, or correct DATABASE_URL."));
}

TEST_F(Doctor, NamesASchemaThatWasNeverMade) {
  config_.database_url = test::PostgresServer::shared().fresh_database();
  EXPECT_THAT(broken(), ElementsAre("schema"));
}

TEST_F(Doctor, NamesAnOlderAndANewerSchema) {
  database("UPDATE log.migrations SET number = number + 100 WHERE number = (SELECT max(number) FROM log.migrations)");
  EXPECT_THAT(broken(), ElementsAre("schema"));
  EXPECT_THAT(said_, HasSubstr("Run the newer program"));
  database("DELETE FROM log.migrations WHERE number = (SELECT max(number) FROM log.migrations)");
  EXPECT_THAT(broken(), ElementsAre("schema"));
  EXPECT_THAT(said_, HasSubstr("Run `daybook migrate`"));
}

TEST_F(Doctor, NamesADatabaseThatIsNotUtf8) {
  database("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  const auto good = config_.database_url;
  const auto name = pg::Connection(good).exec("SELECT current_database()").text(0, 0);
  auto& url = config_.database_url;
  url.replace(url.rfind(name), name.size(), "latin");
  const auto names = broken();
  EXPECT_THAT(names, testing::Contains("encoding")) << said_;
  config_.database_url = good;
  database("DROP DATABASE latin");
}

TEST_F(Doctor, NamesAServerThatMayLoseCommits) {
  config_.allow_unsafe = false;
  if (pg::Connection connection(config_.database_url); pg::check_durability(connection).empty()) database("ALTER DATABASE " + pg::quote_identifier(connection.exec("SELECT current_database()").text(0, 0)) + " SET synchronous_commit = off");
  EXPECT_THAT(broken(), testing::Each("durability"));
  EXPECT_THAT(said_, HasSubstr("Turn fsync"));
}

TEST_F(Doctor, NamesKeysThatAreNotThereOrOpenToOthersOrAnothers) {
  std::filesystem::permissions(config_.keys, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_THAT(broken(), ElementsAre("key file"));
  config_.keys = folder_ / "others";
  EXPECT_THAT(broken(), ElementsAre("key file"));
  ASSERT_EQ(init_keys(config_), 0);
  EXPECT_THAT(broken(), ElementsAre("keys of the log"));
}

TEST_F(Doctor, NamesAStateFolderThatIsNone) {
  config_.data = folder_ / "a-file";
  std::ofstream(config_.data) << "x";
  EXPECT_THAT(broken(), testing::Contains("state folder"));
}

TEST_F(Doctor, NamesAClockThatIsWrong) {
  clock_wrong_by_ = std::chrono::seconds(60);
  EXPECT_THAT(broken(), ElementsAre("clock"));
  EXPECT_THAT(said_, HasSubstr("NTP"));
}

TEST_F(Doctor, NamesAContainerWithTooLittleMemory) {
  std::ofstream(folder_ / "memory.max") << "max\n";
  EXPECT_THAT(broken(), ElementsAre());
  std::ofstream(folder_ / "memory.max") << (128 << 20) << "\n";
  EXPECT_THAT(broken(), ElementsAre("memory"));
  EXPECT_THAT(said_, HasSubstr("128 MiB"));
}

TEST_F(Doctor, NamesAPortThatSomebodyElseHas) {
  http::Server other;
  other.start([](http::Request, http::Respond respond) { respond({.status = 404}); });
  config_.listen = "127.0.0.1:" + std::to_string(other.port());
  EXPECT_THAT(broken(), ElementsAre("port"));
}

TEST_F(Doctor, NamesALogThatLacksItsEnd) {
  database("INSERT INTO log.heads (position, recorded_at, batch_id, frontier, root) VALUES (7, now(), gen_random_uuid(), '', decode(repeat('00', 32), 'hex'))");
  EXPECT_THAT(broken(), testing::Contains("log head"));
  EXPECT_THAT(said_, HasSubstr("daybook audit verify"));
}

TEST_F(Doctor, NamesReadModelsOfAnotherLogAndThoseThatWereNeverMade) {
  const auto schema = projector::schema_of(projector::current_generation);
  database("UPDATE " + schema + ".checkpoint SET position = 5, leaf = '\\x00'");
  EXPECT_THAT(broken(), ElementsAre("read models"));
  EXPECT_THAT(said_, HasSubstr("daybook rebuild"));
  database("DROP SCHEMA " + schema + " CASCADE");
  EXPECT_THAT(broken(), ElementsAre("read models"));
}

TEST_F(Doctor, NamesAKafkaThatDoesNotAnswer) {
  config_.kafka_brokers = "127.0.0.1:" + std::to_string(test::free_port());
  EXPECT_THAT(broken(), ElementsAre("kafka"));
}

TEST_F(Doctor, NamesATopicWithTheWrongPartitionsAndARelayThatNobodyRuns) {
  kafka::MockCluster wrong;
  wrong.create_topic(topic, 3);
  config_.kafka_brokers = wrong.brokers();
  EXPECT_THAT(broken(), ElementsAre("kafka"));
  EXPECT_THAT(said_, HasSubstr("3 partitions instead of 12"));
  kafka::MockCluster right;
  right.create_topic(topic, 12);
  config_.kafka_brokers = right.brokers();
  EXPECT_THAT(broken(), ElementsAre("relay"));
  EXPECT_THAT(said_, HasSubstr("Start a command service with KAFKA_BROKERS set."));
}

}  // namespace
}  // namespace daybook::app
