#include "command-service/relay/relay.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "command-service/log/pg_reader.hpp"
#include "command-service/log/pg_store.hpp"
#include "events/kafka_message.hpp"
#include "platform/kafka/consumer.hpp"
#include "platform/kafka/mock_cluster.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::relay {
namespace {

using events::Position;
using log::test::births;
constexpr int partitions = 12;
constexpr std::chrono::seconds patience{30};

// A relay on a thread of its own.
class Running {
 public:
  Running(const std::string& url, const std::string& brokers)
      : relay_({url, brokers, 1}, std::make_unique<log::PgReader>(url)), thread_([this](std::stop_token stop) { relay_.run(stop); }) {}
  ~Running() { stop(); }
  void stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }
  Stats stats() const { return relay_.stats(); }
  bool leads() const { return stats().leads; }

 private:
  Relay relay_;
  std::jthread thread_;
};

// Everything that is in the topic, checked record by record as a consumer would.
class Topic {
 public:
  Topic(const std::string& brokers, std::string name, int count, events::LogIdentity identity)
      : consumer_(brokers), name_(std::move(name)), identity_(std::move(identity)) {
    std::vector<kafka::Assignment> assignments;
    for (int partition = 0; partition < count; ++partition) assignments.push_back({name_, partition, kafka::offset_beginning});
    consumer_.assign(assignments);
    last_.resize(static_cast<std::size_t>(count));
  }

  // Polls until so many records have come in altogether.
  bool holds(std::size_t records) {
    return daybook::test::wait_until([&] {
      for (const auto& message : consumer_.poll_batch(1000, 50)) take(message);
      return seen_.size() + repeats_ >= records;
    }, patience);
  }
  const std::map<Position, events::Envelope>& seen() const { return seen_; }
  std::size_t repeats() const { return repeats_; }

 private:
  void take(const kafka::Message& message) {
    events::KafkaHeaders headers;
    for (const auto& header : message.headers) headers.emplace_back(header.name, header.value);
    const auto read = events::from_record(headers, message.value);
    ASSERT_TRUE(read) << "a record's leaf is not that of its bytes";
    EXPECT_EQ(read->log, identity_.log_id);
    EXPECT_EQ(read->epoch, identity_.epoch);
    EXPECT_EQ(message.key, events::partition_key(read->event));
    EXPECT_EQ(message.partition, events::partition_of(*message.key, static_cast<int>(last_.size())));
    auto& last = last_[static_cast<std::size_t>(message.partition)];
    if (read->event.position <= last) {
      ++repeats_;
      return;
    }
    EXPECT_EQ(read->previous, last) << "the chain of partition " << message.partition << " is broken";
    last = read->event.position;
    EXPECT_TRUE(seen_.emplace(read->event.position, read->event).second);
  }

  kafka::Consumer consumer_;
  std::string name_;
  events::LogIdentity identity_;
  std::vector<Position> last_;
  std::map<Position, events::Envelope> seen_;
  std::size_t repeats_ = 0;
};

class RelayTest : public testing::Test {
 protected:
  RelayTest() {
    log::PgStore::migrate(url);
    identity = log::PgStore::initialise(url, "fingerprint");
    cluster.create_topic(std::string(events::events_topic), partitions);
  }
  Position append(int count) {
    log::PgStore store(url, {.allow_unsafe = true});
    return log::test::append(store, births(count)).head.position;
  }
  pg::Result query(const std::string& sql) { return pg::Connection(url).exec(sql); }
  std::int64_t stored() { return query("SELECT position FROM log.relay JOIN log.topics ON name = topic WHERE is_current").int64(0, 0); }
  bool stored_up_to(Position position) {
    return daybook::test::wait_until([&] { return stored() == position.value; }, patience);
  }
  void expect_whole_log(Topic& topic, Position head) {
    ASSERT_TRUE(topic.holds(static_cast<std::size_t>(head.value)));
    log::PgReader reader(url);
    for (const auto& event : reader.read(Position{}, 100000, 256 << 20)) {
      ASSERT_TRUE(topic.seen().contains(event.position));
      EXPECT_EQ(topic.seen().at(event.position), event);
    }
  }
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  events::LogIdentity identity;
  kafka::MockCluster cluster;
};

TEST_F(RelayTest, BringsEveryEventOnceInOrderWithAnUnbrokenChain) {
  const auto head = append(300);
  Running relay(url, cluster.brokers());
  ASSERT_TRUE(stored_up_to(head));
  Topic topic(cluster.brokers(), std::string(events::events_topic), partitions, identity);
  expect_whole_log(topic, head);
  EXPECT_EQ(topic.repeats(), 0u);
  EXPECT_EQ(relay.stats().position, head);
}

TEST_F(RelayTest, ASecondRelayStandsByAndTakesOver) {
  const auto old_head = append(20);
  Running first(url, cluster.brokers());
  ASSERT_TRUE(stored_up_to(old_head));
  Running second(url, cluster.brokers());
  EXPECT_FALSE(second.leads());
  const auto epoch = query("SELECT epoch FROM log.relay").int64(0, 0);
  first.stop();
  ASSERT_TRUE(daybook::test::wait_until([&] { return second.leads(); }, patience));
  EXPECT_EQ(query("SELECT epoch FROM log.relay").int64(0, 0), epoch + 1);
  const auto head = append(20);
  ASSERT_TRUE(stored_up_to(head));
  Topic topic(cluster.brokers(), std::string(events::events_topic), partitions, identity);
  expect_whole_log(topic, head);
}

}  // namespace
}  // namespace daybook::relay
