#include "projector/merged_source.hpp"

#include <gtest/gtest.h>

#include "command-service/log/memory_store.hpp"
#include "events/kafka_message.hpp"
#include "platform/kafka/mock_cluster.hpp"
#include "platform/kafka/producer.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::merged_source_test {
namespace {

using events::Position;
constexpr int partitions = 4;
constexpr int delivery_ms = 10000;
const std::string topic = "daybook.events.1";
const events::LogIdentity identity{id_of<events::LogId>(0x777), events::Epoch{1}, "fingerprint"};

class Merging : public testing::Test {
 protected:
  Merging() { cluster.create_topic(topic, partitions); }

  // So many new events of workspaces that lie in different partitions, in the log and nowhere else yet.
  std::vector<events::Envelope> append(int count) {
    std::vector<events::Envelope> events;
    for (int i = 0; i < count; ++i)
      events.push_back(daybook::log::test::some_event(daybook::log::test::new_stream(), 1));
    daybook::log::MemoryStore store(log);
    return daybook::log::test::append(store, std::move(events)).events;
  }
  void send(const events::Envelope& event, const events::LogIdentity& as = identity) {
    auto record = events::to_record(as.log_id, as.epoch, event, Position{});
    kafka::Message message;
    message.topic = topic;
    message.partition = events::partition_of(record.key, partitions);
    message.key = record.key;
    message.value = record.value;
    for (auto& [name, value] : record.headers) message.headers.push_back({name, value});
    ASSERT_TRUE(producer.produce(message, 0));
    ASSERT_TRUE(producer.flush(delivery_ms));
  }
  // Reads until the position is reached, and checks that nothing is skipped, repeated or changed on the way.
  void expect_all_up_to(MergedSource& source, Position end) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (seen < end && std::chrono::steady_clock::now() < deadline) {
      for (const auto& event : source.next(seen, 100)) {
        ASSERT_EQ(event.position, seen.next());
        EXPECT_EQ(event.leaf, log->leaf_at(event.position));
        seen = event.position;
      }
    }
    EXPECT_EQ(seen, end);
  }
  // Connected, with everything older read.
  std::unique_ptr<MergedSource> source_at_the_end() {
    auto source = std::make_unique<MergedSource>(cluster.brokers(), topic, identity,
                                                 std::make_shared<daybook::log::MemoryReader>(log));
    append(1);
    expect_all_up_to(*source, seen.next());
    // The consumer starts at the ends of the partitions as it finds them, so they must be found before more
    // is sent.
    (void)source->next(seen, 1);
    EXPECT_TRUE(daybook::test::wait_until(
        [&] {
          const auto event = append(1).front();
          send(event);
          const auto before = source->stats().from_kafka;
          expect_all_up_to(*source, event.position);
          return source->stats().from_kafka > before;
        },
        std::chrono::seconds(30)));
    return source;
  }

  kafka::MockCluster cluster;
  kafka::Producer producer{cluster.brokers()};
  std::shared_ptr<daybook::log::MemoryLog> log = std::make_shared<daybook::log::MemoryLog>(identity);
  Position seen{};
};

TEST_F(Merging, GivesWhatWasWrittenBeforeItCameFromTheLog) {
  append(50);
  MergedSource source(cluster.brokers(), topic, identity, std::make_shared<daybook::log::MemoryReader>(log));
  expect_all_up_to(source, Position{50});
  EXPECT_EQ(source.stats().from_log, 50u);
}

TEST_F(Merging, FarBehindItDoesNotWaitForKafkaBetweenPages) {
  const int pages = 4;
  append(pages * static_cast<int>(batch_events_max));
  MergedSource source(cluster.brokers(), topic, identity, std::make_shared<daybook::log::MemoryReader>(log));
  (void)source.next(Position{}, 100);  // connects
  const auto start = std::chrono::steady_clock::now();
  for (int page = 0; page < pages; ++page) {
    const auto batch = source.next(seen, 100);
    ASSERT_EQ(batch.size(), batch_events_max);
    seen = batch.back().position;
  }
  EXPECT_EQ(seen, log->head().position);
  EXPECT_LT(std::chrono::steady_clock::now() - start, silence_patience * (pages - 1));
}

TEST_F(Merging, PutsThePartitionsInOrder) {
  auto source = source_at_the_end();
  const auto from_kafka = source->stats().from_kafka;
  auto events = append(30);
  for (std::size_t i = events.size(); i-- > 0;) send(events[i]);
  expect_all_up_to(*source, events.back().position);
  EXPECT_GT(source->stats().from_kafka, from_kafka);
}

TEST_F(Merging, DropsWhatItHasSeen) {
  auto source = source_at_the_end();
  const auto events = append(3);
  for (int times = 0; times < 2; ++times)
    for (const auto& event : events) send(event);
  expect_all_up_to(*source, events.back().position);
  for (const auto& event : events) send(event);
  const auto last = append(1).front();
  send(last);
  expect_all_up_to(*source, last.position);
}

TEST_F(Merging, HealsAHoleFromTheLog) {
  auto source = source_at_the_end();
  const auto from_log = source->stats().from_log;
  const auto events = append(5);
  for (const auto& event : events)
    if (event.position != events[2].position) send(event);
  expect_all_up_to(*source, events.back().position);
  EXPECT_GT(source->stats().from_log, from_log);
}

TEST_F(Merging, IgnoresRecordsOfAnotherLogOrEpochAndWhatIsNoRecord) {
  auto source = source_at_the_end();
  const auto refused = source->stats().refused;
  auto events = append(1);
  auto foreign = identity;
  foreign.log_id = id_of<events::LogId>(0x778);
  auto event = events.front();
  event.data = R"({"title":"of another log"})";
  event.leaf = events::leaf_of(foreign.log_id, event);
  send(event, foreign);
  auto older = identity;
  older.epoch = events::Epoch{0};
  send(events.front(), older);
  ASSERT_TRUE(producer.produce({topic, 0, -1, std::nullopt, "noise", {}}, 0));
  ASSERT_TRUE(producer.flush(delivery_ms));
  send(events.front());
  expect_all_up_to(*source, events.front().position);
  EXPECT_TRUE(daybook::test::wait_until([&] {
    (void)source->next(seen, 10);
    return source->stats().refused >= refused + 3;
  }));
}

TEST_F(Merging, TheLogServesWhileTheBrokerIsAway) {
  auto source = source_at_the_end();
  cluster.brokers_down();
  append(10);
  expect_all_up_to(*source, log->head().position);
}

TEST_F(Merging, TheLogServesAtOnceWhereNobodyListensAsABroker) {
  MergedSource source("127.0.0.1:" + std::to_string(daybook::test::free_port()), topic, identity,
                      std::make_shared<daybook::log::MemoryReader>(log));
  append(1);
  expect_all_up_to(source, Position{1});
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) {
    append(1);
    expect_all_up_to(source, log->head().position);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
  EXPECT_EQ(source.stats().from_kafka, 0u);
}

}  // namespace
}  // namespace daybook::projector::test::merged_source_test
