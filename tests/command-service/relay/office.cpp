#include "tests/command-service/relay/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/kafka/consumer.hpp"
#include "platform/postgres/migrations.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/support.hpp"

namespace daybook::relay::test {
namespace {

constexpr int workspaces = 7;
constexpr auto limit = std::chrono::seconds(30);

text::Uuid uuid(std::uint8_t kind, std::int64_t n) {
  text::Uuid id{};
  id.bytes[0] = kind;
  for (int i = 0; i < 8; ++i)
    id.bytes[static_cast<std::size_t>(15 - i)] = static_cast<std::uint8_t>(n >> (8 * i));
  return id;
}

Envelope event_at(const events::LogIdentity& log, std::int64_t position) {
  Envelope e{};
  e.position = Position{position};
  e.event_id = events::EventId{uuid(1, position)};
  e.stream_id = events::StreamId{uuid(2, position)};
  e.stream_version = events::StreamVersion{1};
  const bool of_user = position % 5 == 0;
  e.stream_type = of_user ? events::StreamType::user : events::StreamType::issue;
  e.type = of_user ? "user.registered" : "issue.opened";
  if (!of_user) e.workspace_id = events::WorkspaceId{uuid(3, position % workspaces)};
  e.correlation_id = events::CorrelationId{uuid(4, position)};
  e.recorded_at = e.occurred_at = *text::parse_instant("2026-11-21T05:07:45.250001Z");
  e.data = R"({"title":"Grüße )" + std::to_string(position) + R"("})";
  if (of_user) e.personal = R"([{"path":"/email","nonce":"a b"}])";
  e.leaf = events::leaf_of(log.log_id, e);
  return e;
}

std::string migrated_database() {
  auto url = daybook::test::PostgresServer::shared().fresh_database();
  pg::Connection connection(url);
  pg::migrate(connection, "log", pg::load_migrations("schemas/migrations"));
  return url;
}

}  // namespace

class Log::Reader final : public events::LogReader {
 public:
  explicit Reader(Log& log) : log_(log) {}

  events::LogIdentity identity() override { return log_.identity; }
  Position head() override {
    const std::lock_guard lock(log_.mutex_);
    return Position{static_cast<std::int64_t>(log_.events_.size())};
  }
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t) override {
    if (log_.before_read) log_.before_read();
    const std::lock_guard lock(log_.mutex_);
    const auto size = log_.events_.size();
    const auto from = std::min(static_cast<std::size_t>(after.value), size);
    const auto count = std::min(events_max, size - from);
    const auto first = log_.events_.begin() + static_cast<std::ptrdiff_t>(from);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
  }
  Position wait_beyond(Position after, int timeout_ms) override {
    std::unique_lock lock(log_.mutex_);
    const auto size = [&] { return static_cast<std::int64_t>(log_.events_.size()); };
    log_.grown_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return size() > after.value; });
    return Position{size()};
  }
  std::optional<crypto::Digest> leaf_at(Position position) override {
    const std::lock_guard lock(log_.mutex_);
    if (position.value < 1 || position.value > static_cast<std::int64_t>(log_.events_.size())) return std::nullopt;
    return log_.events_[static_cast<std::size_t>(position.value) - 1].leaf;
  }

 private:
  Log& log_;
};

Log::Log() : identity{events::LogId{uuid(9, 1)}, events::Epoch{3}, "fingerprint"} {}

void Log::grow(int count) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < count; ++i)
    events_.push_back(event_at(identity, static_cast<std::int64_t>(events_.size()) + 1));
  grown_.notify_all();
}

std::vector<Envelope> Log::events() const {
  const std::lock_guard lock(mutex_);
  return events_;
}

std::unique_ptr<events::LogReader> Log::reader() { return std::make_unique<Reader>(*this); }

Database::Database() : url(migrated_database()), admin_(url) {}

std::int64_t Database::position(const std::string& of) {
  return admin_.exec("SELECT position FROM log.relay WHERE topic = $1", pg::Params().text(of)).int64(0, 0);
}

std::int64_t Database::epoch(const std::string& of) {
  return admin_.exec("SELECT epoch FROM log.relay WHERE topic = $1", pg::Params().text(of)).int64(0, 0);
}

bool Database::cut_leader() {
  const auto cut = admin_.exec(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE"
      " datname = current_database() AND application_name = 'daybook relay' AND locktype = 'advisory' AND "
      "granted");
  return cut.rows() == 1 && cut.boolean(0, 0);
}

RunningRelay::RunningRelay(Options options, std::unique_ptr<events::LogReader> log)
    : relay_(std::move(options), std::move(log)), thread_([this](std::stop_token stop) { relay_.run(stop); }) {}

RunningRelay::~RunningRelay() { stop(); }

void RunningRelay::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

bool RunningRelay::leads_within_limit() const {
  return daybook::test::wait_until([&] { return stats().leads; }, limit);
}

bool RunningRelay::stored_within_limit(std::int64_t position) const {
  return daybook::test::wait_until([&] { return stats().position.value >= position; }, limit);
}

Heard hear(const std::string& brokers, const std::string& of) {
  kafka::Consumer consumer(brokers);
  std::vector<kafka::Assignment> all;
  std::size_t expected = 0;
  for (int partition = 0; partition < partitions; ++partition) {
    all.push_back({.topic = of, .partition = partition});
    const auto marks = consumer.watermarks(of, partition);
    if (!marks) ADD_FAILURE() << "no watermarks of partition " << partition;
    expected += marks ? static_cast<std::size_t>(marks->high) : 0;
  }
  consumer.assign(all);
  Heard heard;
  EXPECT_TRUE(daybook::test::wait_until(
      [&] {
        for (auto& message : consumer.poll_batch(1000, 50)) {
          ++heard.messages;
          events::KafkaHeaders headers;
          for (auto& header : message.headers) headers.emplace_back(header.name, header.value);
          const auto record = events::from_record(headers, message.value);
          if (!record || message.key != events::partition_key(record->event)) {
            ++heard.unreadable;
            continue;
          }
          auto& chain = heard.by_partition[message.partition];
          const auto last = chain.empty() ? Position{} : chain.back().event.position;
          heard.positions.insert(record->event.position.value);
          if (record->event.position <= last) {
            ++heard.repeats;
            continue;
          }
          if (record->previous != last) ++heard.broken_chains;
          chain.push_back(*record);
        }
        return heard.messages >= expected;
      },
      limit));
  return heard;
}

void expect_whole(const Heard& heard, const Log& log) {
  EXPECT_EQ(heard.unreadable, 0u);
  EXPECT_EQ(heard.broken_chains, 0u);
  const auto events = log.events();
  EXPECT_EQ(heard.positions.size(), events.size());
  std::size_t found = 0;
  for (const auto& [partition, chain] : heard.by_partition) {
    for (const auto& record : chain) {
      ++found;
      const auto index = static_cast<std::size_t>(record.event.position.value) - 1;
      ASSERT_LT(index, events.size());
      EXPECT_EQ(record.event, events[index]);
      EXPECT_EQ(record.log, log.identity.log_id);
      EXPECT_EQ(record.epoch, log.identity.epoch);
      EXPECT_EQ(partition, events::partition_of(events::partition_key(events[index]), partitions));
    }
  }
  EXPECT_EQ(found, events.size());
}

}  // namespace daybook::relay::test
