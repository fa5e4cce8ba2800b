// Only where DAYBOOK_TEST_KAFKA_BROKERS names a real Kafka: what the mock cluster cannot do.
#include <gtest/gtest.h>

#include <cstdlib>

#include "platform/kafka/admin.hpp"
#include "tests/command-service/relay/office.hpp"
#include "tests/support/support.hpp"

namespace daybook::relay::test {
namespace {

TEST(RelayToARealBroker, MakesTheTopicAndBringsEveryEventOnceInOrderAndChained) {
  const char* brokers = std::getenv("DAYBOOK_TEST_KAFKA_BROKERS");
  if (brokers == nullptr) GTEST_SKIP() << "DAYBOOK_TEST_KAFKA_BROKERS names no broker";
  Database database;
  Log log;
  const auto name = daybook::test::random_name("daybook.relay.test.");
  database.exec("INSERT INTO log.topics (name, partitions, is_current) VALUES ('" + name + "', 12, false)");
  const Options options{.database_url = database.url, .brokers = brokers, .topic = name};

  log.grow(3000);
  {
    RunningRelay first(options, log.reader());
    ASSERT_TRUE(first.stored_within_limit(3000)) << first.stats().last_error;
  }
  log.grow(20);
  RunningRelay second(options, log.reader());
  ASSERT_TRUE(second.stored_within_limit(3020)) << second.stats().last_error;

  const auto heard = hear(brokers, name);
  expect_whole(heard, log);
  EXPECT_EQ(heard.repeats, 0u);
  const auto made = kafka::describe_topic(brokers, name);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->partitions, 12);
  EXPECT_EQ(made->configs.at("max.message.bytes"), std::to_string(kafka::message_bytes_max));
  EXPECT_EQ(made->configs.at("retention.ms"), "-1");
  EXPECT_EQ(made->configs.at("cleanup.policy"), "delete");
}

}  // namespace
}  // namespace daybook::relay::test
